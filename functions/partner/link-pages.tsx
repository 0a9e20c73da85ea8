import { Page, type Site } from "../adapters/page-frame.tsx";
import { Button, Notice, PostForm } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";
import { dayWords, SERVICE_NAME } from "../core/wording.ts";

/**
 * Pages behind the links of ordinary mails. Mails get forwarded, so these pages know nothing of the
 * pair: no name, no address, nothing that was logged but what the mail itself says.
 */
export interface LinkPageProps {
  readonly site: Site;
  readonly token: string;
}

/** Posts to `/controls` with `act`: `later`, `pause` or `stop`. */
export function ControlsPage({ site, token }: LinkPageProps) {
  return (
    <Page site={site} title="Wait, pause or stop" lead="Press one button. It works at once.">
      <PostForm action={PATHS.controls} hidden={{ token }}>
        <h2>Later</h2>
        <p>Reminders wait for 7 days. Lessons go on.</p>
        <Button act="later" tone="second">
          Wait 7 days with reminders
        </Button>
        <h2>Pause</h2>
        <p>
          No lessons and no reminders until you come back. To come back, reply RESUME to any mail.
          Lessons wait for both of you. Your partner is told that, but not why.
        </p>
        <Button act="pause" tone="second">
          Pause my mail
        </Button>
        <h2>Stop</h2>
        <p>
          No more mail from {SERVICE_NAME} to this address, ever. Your partner is told that your
          seat is open, but not why. If you change your mind, reply START to an old mail.
        </p>
        <Button act="stop" tone="stop">
          Stop all mail
        </Button>
      </PostForm>
    </Page>
  );
}

/** Posts to `/undo`. */
export function UndoPage({ site, token }: LinkPageProps) {
  return (
    <Page site={site} title="Take it back?">
      <p>We then forget what the mail with this link said we logged. Nothing else changes.</p>
      <PostForm action={PATHS.undo} hidden={{ token }}>
        <Button>Take it back</Button>
      </PostForm>
    </Page>
  );
}

export interface GuessPageProps extends LinkPageProps {
  /** In the plain words of the mail: "coffee". */
  readonly what: string;
  readonly on?: Day;
}

/** Posts to `/guess`. */
export function GuessPage({ site, token, what, on }: GuessPageProps) {
  return (
    <Page site={site} title="Did this happen?">
      <p>Your reply could mean more than one thing. If this is what you meant, press the button.</p>
      <PostForm action={PATHS.guess} hidden={{ token }}>
        <Button>
          Yes, log {what}
          {on === undefined ? "" : ` on ${dayWords(on)}`}
        </Button>
      </PostForm>
      <p>Did you mean something else? Choose another link in the mail, or just reply to it.</p>
    </Page>
  );
}

/** Posts to `/was-it-you` with `act`: `yes` or `no`. */
export function WasItYouPage({ site, token }: LinkPageProps) {
  return (
    <Page site={site} title="Was this you?">
      <p>
        A reply to one of your mails came from another address, or we could not be sure that the
        address is real. We did nothing with it.
      </p>
      <p>
        If it was you, we log now what it said. If it came from another address, we take replies
        from there too from then on.
      </p>
      <PostForm action={PATHS.wasItYou} hidden={{ token }}>
        <Button act="yes">Yes, it was me</Button>
        <Button act="no" tone="second">
          No, it was not me
        </Button>
      </PostForm>
    </Page>
  );
}

/** Posts to `/unsubscribe`. Mail services post to the same place without ever showing this page (RFC 8058). */
export function UnsubscribePage({ site, token }: LinkPageProps) {
  return (
    <Page site={site} title="Stop all mail?">
      <p>
        You then get no more mail from {SERVICE_NAME} at this address. Your partner is told that
        your seat is open, but not why.
      </p>
      <PostForm action={PATHS.unsubscribe} hidden={{ token }}>
        <Button tone="stop">Stop all mail</Button>
      </PostForm>
      <p>Do you only need a break? Reply PAUSE to the mail, and you can come back when you like.</p>
    </Page>
  );
}

export function UnsubscribedPage({ site }: { readonly site: Site }) {
  return <DonePage site={site} done="stopped" />;
}

/** What a press of a button brought about. */
export type Done =
  | "later"
  | "paused"
  | "resumed"
  | "stopped"
  | "taken-back"
  | "logged"
  | "address-kept"
  | "not-you"
  | "signed-out"
  | "erased";

export interface DonePageProps {
  readonly site: Site;
  readonly done: Done;
  /** The button was pressed before: the page says so and nothing changed. */
  readonly already?: boolean;
}

export function DonePage({ site, done, already = false }: DonePageProps) {
  const { title, next } = DONE_WORDS[done];
  return (
    <Page site={site} title={already ? "Already done" : title}>
      <Notice tone="done">
        <p>{already ? `You did this before. Nothing changed now. ${next}` : next}</p>
      </Notice>
      <p>You can close this page.</p>
    </Page>
  );
}

const DONE_WORDS: Readonly<Record<Done, { readonly title: string; readonly next: string }>> = {
  later: { title: "Reminders wait", next: "No reminders for 7 days. Lessons go on." },
  paused: {
    title: "Your mail is paused",
    next: "Lessons wait for both of you. To come back, reply RESUME to any mail from us.",
  },
  resumed: { title: "Welcome back", next: "Lessons go on, one at a time." },
  stopped: {
    title: "All mail is stopped",
    next: `${SERVICE_NAME} sends nothing more to your address. If you change your mind, reply START to an old mail.`,
  },
  "taken-back": {
    title: "Taken back",
    next: "We no longer count it. If something else was right, reply to the mail and say so.",
  },
  logged: { title: "Logged, thank you", next: "It now counts for both of you." },
  "address-kept": {
    title: "Thank you, noted",
    next: "If the reply said what has happened, it is logged now. Next time, your reply counts at once.",
  },
  "not-you": {
    title: "Thank you for telling us",
    next: "We did nothing with that reply, and we deleted it.",
  },
  erased: {
    title: "Your data is erased",
    next: "Your name, address and agency are deleted. No more mail comes, and you are signed out.",
  },
  "signed-out": { title: "You are signed out", next: "On this device nobody can open your page." },
};
