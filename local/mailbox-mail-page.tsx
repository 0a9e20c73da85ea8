import { RadioGroup, TextField } from "../functions/adapters/form-fields.tsx";
import { Button, PostForm, SummaryList } from "../functions/adapters/page-parts.tsx";
import type { MailView } from "./mail-view.ts";
import { MAILBOX, MailboxFrame, mailPath } from "./mailbox-frame.tsx";
import { type MailboxNews, News, SEAT_WORDS } from "./mailbox-page.tsx";
import { longTime, utcTime } from "./time-words.ts";

export const TABS = ["html", "text", "headers", "source"] as const;
export type Tab = (typeof TABS)[number];

export interface MailPageProps {
  readonly view: MailView;
  readonly tab: Tab;
  /** Zone of the pair the mail is about. */
  readonly timeZone: string;
  readonly news?: MailboxNews;
}

export function MailPage({ view, tab, timeZone, news }: MailPageProps) {
  return (
    <MailboxFrame title={view.subject}>
      <p>
        <a href={MAILBOX}>All mail</a>
      </p>
      <h1>{view.subject}</h1>
      <News news={news} />
      <Facts view={view} timeZone={timeZone} />
      <Tabs view={view} tab={tab} />
      <div class="sheet">
        <Sheet view={view} tab={tab} />
      </div>
      <div class="split">
        <ReplyBox view={view} />
        <div>
          <Links view={view} />
          <Events view={view} />
        </div>
      </div>
    </MailboxFrame>
  );
}

function Facts({ view, timeZone }: Pick<MailPageProps, "view" | "timeZone">) {
  const { mail, from, to, replyTo } = view;
  const seat = mail.tags.seat ?? "";
  return (
    <SummaryList
      rows={[
        { term: "From", detail: nameAndAddress(from) },
        { term: "To", detail: `${nameAndAddress(to)} · ${SEAT_WORDS[seat] ?? seat}` },
        { term: "Replies go to", detail: replyTo },
        { term: "Sent", detail: `${longTime(mail.sentAt, timeZone)} (${utcTime(mail.sentAt)})` },
        { term: "Kind", detail: mail.tags.kind },
      ]}
    />
  );
}

function nameAndAddress({ name, address }: MailView["to"]): string {
  return name === "" ? address : `${name} <${address}>`;
}

const TAB_WORDS: Readonly<Record<Tab, string>> = {
  html: "HTML",
  text: "Plain text",
  headers: "Headers",
  source: "Source",
};

function Tabs({ view, tab }: Pick<MailPageProps, "view" | "tab">) {
  return (
    <nav aria-label="Views of this mail">
      <ul class="tabs">
        {TABS.map((name) => (
          <li>
            <a
              href={`${mailPath(view.mail.id)}?view=${name}`}
              aria-current={name === tab ? "page" : undefined}
            >
              {TAB_WORDS[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Sheet({ view, tab }: Pick<MailPageProps, "view" | "tab">) {
  const { mail, text, headers } = view;
  switch (tab) {
    case "html":
      // Without scripts and with an origin of its own; its links open in a tab of theirs, as in a mail program.
      return (
        <iframe
          title="The mail as HTML"
          src={`${mailPath(mail.id)}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      );
    case "text":
      return (
        <pre class="wrap" tabindex={0}>
          {text}
        </pre>
      );
    case "headers":
      return (
        <pre class="wrap" tabindex={0}>
          {headers.map(({ name, value }) => `${name}: ${value}\n`).join("")}
        </pre>
      );
    case "source":
      return <pre tabindex={0}>{Buffer.from(mail.raw).toString("utf8")}</pre>;
  }
}

/** One press instead of typing; what people answer most. */
const SHORT_ANSWERS = ["DONE", "NOT YET", "LATER", "PAUSE 2 WEEKS", "HELP", "STOP"];

function ReplyBox({ view }: Pick<MailPageProps, "view">) {
  return (
    <section>
      <h2>Answer</h2>
      <PostForm action={`${mailPath(view.mail.id)}/reply`}>
        <div class="field">
          <label for="body">Your answer</label>
          <textarea id="body" name="body" />
        </div>
        <RadioGroup
          name="style"
          label="Written in"
          value="html"
          options={[
            { value: "html", label: "A web mailbox (HTML, with the mail quoted)" },
            { value: "plain", label: "A plain-text program" },
          ]}
        />
        <TextField
          name="from"
          label="From"
          type="email"
          hint="Another address shows what happens when a forwarded mail is answered."
          value={view.to.address}
        />
        <Button>Send the answer</Button>
        <p>Or answer with one word:</p>
        <div class="bar">
          {SHORT_ANSWERS.map((word) => (
            <button type="submit" name="word" value={word} class="second">
              {word}
            </button>
          ))}
        </div>
      </PostForm>
    </section>
  );
}

function Links({ view }: Pick<MailPageProps, "view">) {
  return (
    <section>
      <h2>Links</h2>
      <ul class="links">
        {view.links.map(({ text, href }) => (
          <li>
            <a href={href}>{text === "" ? href : text}</a>
            <code>{href}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Events({ view }: Pick<MailPageProps, "view">) {
  return (
    <section>
      <h2>What became of it</h2>
      <p>Tell the service what SES would: that the mail arrived, came back, or was called spam.</p>
      <PostForm action={`${mailPath(view.mail.id)}/event`}>
        <div class="bar">
          <EventButton label="Delivered" event="Delivery" />
          <EventButton label="Bounced for good" event="Bounce/Permanent" />
          <EventButton label="Bounced for now" event="Bounce/Transient" />
          <EventButton label="Called spam" event="Complaint" />
        </div>
      </PostForm>
    </section>
  );
}

function EventButton({ label, event }: { readonly label: string; readonly event: string }) {
  return (
    <button type="submit" name="event" value={event} class="second">
      {label}
    </button>
  );
}
