import { type Consent, keepsInvitationsAway, type Suppression, suppressedBy } from "./consent.ts";
import type { MailKind } from "./course.ts";
import type { Instant } from "./instant.ts";
import type { SeatId } from "./pair.ts";
import type { Send } from "./send.ts";

/** `gone-for-now` takes the send back until a resume; `gone-for-good` ends it for this holder. */
export type Verdict = "allowed" | "gone-for-now" | "gone-for-good";

/** Mail a person gets because they just did something; a pause or hold does not keep it back. */
const ANSWERS: readonly MailKind[] = ["receipt", "notice", "sign-in"];
/** The one mail after a person's own stop, and the way back in (to erase what is kept). */
const AFTER_STOP: readonly string[] = ["receipt-stopped", "sign-in"];

/** All that is said to somebody who writes to a mail of ours after we have forgotten them. */
export const FAREWELL = "receipt-ended-series";

/** What comes to somebody because another person signed them up. */
const BY_OTHERS: readonly string[] = [
  "invitation-partner",
  "invitation-successor",
  "reminder-partner",
];

/**
 * Whether this send may go out, by what the ledger says right after it was claimed. The kind of mail
 * decides what a pause, a hold or an end means for it.
 *
 * @param consents all consents of the pair: one seat's pause holds both
 * @param isPairOnHold what the pair's row says; it also knows of a seat that became unreachable
 */
export function judgeSend(
  send: Pick<Send, "kind" | "mail" | "seat" | "holder">,
  consents: readonly Consent[],
  suppression: Suppression | undefined,
  isPairOnHold: boolean,
  now: Instant,
): Verdict {
  if (BY_OTHERS.includes(send.mail) && keepsInvitationsAway(suppression, now)) {
    return "gone-for-good";
  }
  const grounds = suppressedBy(suppression);
  if (grounds.length > 0) {
    const isOwnStop = grounds.every((ground) => ground === "stop");
    return isOwnStop && AFTER_STOP.includes(send.mail) ? "allowed" : "gone-for-good";
  }
  if (send.seat === "coordinator") return "allowed";
  const own = consents.find(({ seat, holder }) => seat === send.seat && holder === send.holder);
  if (own === undefined) return "gone-for-good";
  return byConsent(send, own, isPairOnHold || isHeldByConsent(consents));
}

function byConsent(send: Pick<Send, "kind" | "mail">, own: Consent, onHold: boolean): Verdict {
  switch (own.state) {
    case "invited":
      return ["invitation", "reminder", "receipt"].includes(send.kind)
        ? "allowed"
        : "gone-for-good";
    case "given":
      return onHold && isCourseMail(send.kind) ? "gone-for-now" : "allowed";
    case "paused":
      return ANSWERS.includes(send.kind) ? "allowed" : "gone-for-now";
    case "left":
      return AFTER_STOP.includes(send.mail) ? "allowed" : "gone-for-good";
    case "ended":
      return ANSWERS.includes(send.kind) ? "allowed" : "gone-for-good";
    case "erased":
      return send.mail === FAREWELL ? "allowed" : "gone-for-good";
    case "declined":
      return "gone-for-good";
  }
}

function isCourseMail(kind: MailKind): boolean {
  return ["lesson", "nudge", "meet", "mou", "check-in", "graduation"].includes(kind);
}

/** A seat whose newest holder has paused or left holds the pair; who was only asked has held it never. */
function isHeldByConsent(consents: readonly Consent[]): boolean {
  const seats: readonly SeatId[] = ["sp", "le"];
  return seats.some((seat) => {
    const agreed = consents.filter(
      ({ seat: of, state }) => of === seat && state !== "invited" && state !== "declined",
    );
    const newest = agreed.toSorted((one, other) => other.holder - one.holder)[0];
    return newest !== undefined && ["paused", "left", "erased"].includes(newest.state);
  });
}
