import { Button, Notice, PostForm } from "../functions/adapters/page-parts.tsx";
import { PATHS } from "../functions/adapters/page-paths.ts";
import type { Instant } from "../functions/core/instant.ts";
import { zoneWords } from "../functions/core/wording.ts";
import type { MailView } from "./mail-view.ts";
import { MAILBOX, MailboxFrame, mailPath } from "./mailbox-frame.tsx";
import type { Job, QueuedJob } from "./queues.ts";
import { longTime, shortTime, untilWords, utcTime } from "./time-words.ts";

export interface MailboxPageProps {
  readonly now: Instant;
  /** When something happens next by itself. */
  readonly next: Instant | undefined;
  /** Zones of the pairs there are, or of the form; times of mails are shown in the first. */
  readonly timeZones: readonly [string, ...string[]];
  readonly inboxes: readonly Inbox[];
  readonly deadLetters: readonly QueuedJob[];
  /** What just happened, when the page answers a button. */
  readonly news?: MailboxNews;
}

/** All mails to one address, newest first. */
export interface Inbox {
  readonly address: string;
  readonly name: string;
  /** Seats this address has got mail for: `sp`, `le`, `coordinator`. */
  readonly seats: readonly string[];
  readonly mails: readonly MailView[];
}

export type MailboxNews =
  | { readonly kind: "mails"; readonly mails: readonly MailView[] }
  | { readonly kind: "refused"; readonly why: string };

export function MailboxPage(props: MailboxPageProps) {
  const { inboxes, deadLetters, news, timeZones } = props;
  return (
    <MailboxFrame title="Mailbox">
      <h1>Mailbox</h1>
      <News news={news} />
      <ClockCard {...props} />
      <DeadLetters deadLetters={deadLetters} />
      {inboxes.length === 0 ? <NoMail /> : null}
      <div class="board">
        {inboxes.map((inbox) => (
          <InboxCard inbox={inbox} timeZone={timeZones[0]} />
        ))}
      </div>
    </MailboxFrame>
  );
}

/** What a button set going. */
export function News({ news }: { readonly news: MailboxNews | undefined }) {
  if (news === undefined) return null;
  if (news.kind === "refused") {
    return (
      <Notice tone="warn">
        <p>{news.why}</p>
      </Notice>
    );
  }
  const { mails } = news;
  const count = mails.length === 1 ? "1 mail was" : `${mails.length || "No"} mails were`;
  return (
    <Notice tone="done">
      <p>{count} sent.</p>
      {mails.length === 0 ? null : (
        <ul>
          {mails.slice(0, NEWS_MAX).map(({ mail, subject, to }) => (
            <li>
              <a href={mailPath(mail.id)}>{subject}</a> to {to.address}
            </li>
          ))}
        </ul>
      )}
      {mails.length > NEWS_MAX ? <p>And {mails.length - NEWS_MAX} more, below.</p> : null}
    </Notice>
  );
}

const NEWS_MAX = 6;

const MOVES: readonly { readonly label: string; readonly advance: string }[] = [
  { label: "A day", advance: "P1D" },
  { label: "A week", advance: "P7D" },
  { label: "The course (12 weeks)", advance: "P12W" },
  { label: "A year", advance: "P1Y" },
];

function ClockCard({ now, next, timeZones }: MailboxPageProps) {
  return (
    <section class="clock" aria-labelledby="clock">
      <h2 class="vh" id="clock">
        Clock
      </h2>
      {timeZones.map((timeZone) => (
        <p>
          <span class="time">{longTime(now, timeZone)}</span> {zoneWords(timeZone)}
        </p>
      ))}
      <p class="quiet">
        <time datetime={now}>{utcTime(now)}</time>.{" "}
        {next === undefined
          ? "Nothing is waiting."
          : `Something happens next ${untilWords(now, next)}, at ${utcTime(next)}.`}
      </p>
      <PostForm action={`${MAILBOX}/clock`}>
        <p>Move the clock. All that falls due on the way happens in its order.</p>
        <div class="bar">
          {next === undefined ? null : <MoveButton label="To the next thing" advance="next" />}
          {MOVES.map((move) => (
            <MoveButton {...move} />
          ))}
        </div>
      </PostForm>
    </section>
  );
}

function MoveButton({ label, advance }: { readonly label: string; readonly advance: string }) {
  return (
    <button type="submit" name="advance" value={advance} class="second">
      {label}
    </button>
  );
}

function DeadLetters({ deadLetters }: Pick<MailboxPageProps, "deadLetters">) {
  if (deadLetters.length === 0) return null;
  return (
    <Notice tone="warn" title="Dead letters">
      <p>A step failed five times over these and gave up.</p>
      <ul>
        {deadLetters.map(({ job, dead }) => (
          <li>
            <strong>{job.queue}</strong> {nameOf(job)}: <code>{dead?.error}</code>
          </li>
        ))}
      </ul>
      <PostForm action={`${MAILBOX}/redrive`}>
        <Button>Try them again</Button>
      </PostForm>
    </Notice>
  );
}

function nameOf(job: Job): string {
  switch (job.queue) {
    case "inbound":
      return job.notice.messageId;
    case "feedback":
      return "SES event";
    case "due":
      return job.pairId;
    case "fast":
    case "bulk":
      return `${job.send.owner} ${job.send.item}`;
  }
}

function NoMail() {
  return (
    <>
      <p class="lead">No mail yet.</p>
      <p>
        <a href={PATHS.home}>Sign a pair up</a> with any two addresses, such as sam@shelter.example
        and lee@county-police.example. Their mails turn up here, and here you answer them for both.
      </p>
    </>
  );
}

/** More than this is folded away. */
const SHOWN_MAX = 12;

function InboxCard({ inbox, timeZone }: { readonly inbox: Inbox; readonly timeZone: string }) {
  const { name, address, seats, mails } = inbox;
  const [shown, folded] = [mails.slice(0, SHOWN_MAX), mails.slice(SHOWN_MAX)];
  return (
    <section class="inbox">
      <header>
        <h2>{name === "" ? address : name}</h2>
        <p>
          {name === "" ? null : `${address} · `}
          {seats.map((seat) => SEAT_WORDS[seat] ?? seat).join(", ")}
        </p>
      </header>
      <MailList mails={shown} timeZone={timeZone} />
      {folded.length === 0 ? null : (
        <details>
          <summary>{folded.length} earlier mails</summary>
          <MailList mails={folded} timeZone={timeZone} />
        </details>
      )}
    </section>
  );
}

export const SEAT_WORDS: Readonly<Record<string, string>> = {
  sp: "Service provider",
  le: "Law enforcement",
  coordinator: "Coordinator",
};

function MailList(props: { readonly mails: readonly MailView[]; readonly timeZone: string }) {
  return (
    <ol>
      {props.mails.map(({ mail, subject }) => (
        <li>
          <a href={mailPath(mail.id)}>
            <span>{subject}</span>
            <span class="kind">{mail.tags.kind}</span>
            <time datetime={mail.sentAt}>{shortTime(mail.sentAt, props.timeZone)}</time>
          </a>
        </li>
      ))}
    </ol>
  );
}
