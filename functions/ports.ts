import type { LogEntry } from "./core/action.ts";
import type { LaneState } from "./core/breaker.ts";
import type { Consent, Ground, Suppression, SuppressionGround } from "./core/consent.ts";
import type { CourseOutline } from "./core/course.ts";
import type { Cohort } from "./core/enrollment.ts";
import type { Instant } from "./core/instant.ts";
import type { Pair, SeatId } from "./core/pair.ts";
import type { Lane, Send, SendKey } from "./core/send.ts";
import type { Failure, MailCounts, ValveState } from "./core/valve.ts";

/** What workflows ask of the world. Each role has an in-memory part and a real one that pass the same contract suite. */

export interface Clock {
  now(): Instant;
}

export interface Ids {
  /** Lower-case base32 over that many random bytes (8 characters for 5 bytes). */
  random(bytes: number): string;
}

/** A row of a table: its key, the version that guards every write, and plain JSON values. */
export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly dueAt?: Instant;
  readonly dueShard?: string;
  readonly [attribute: string]: unknown;
}

export interface RowKey {
  readonly pk: string;
  readonly sk: string;
}

export interface DueKey extends RowKey {
  readonly dueAt: Instant;
}

/**
 * One DynamoDB table seen through the only operations the service uses. Every write names the version
 * it replaces (`"absent"` for a new row) and is one conditional write of one item; nothing is written
 * without having been read, and there are no transactions.
 */
export interface Table {
  /** Strongly consistent. */
  get(key: RowKey): Promise<Row | undefined>;
  /** Writes the whole row if the stored version is still `replaces`; `row.version` is the new one. */
  put(row: Row, replaces: number | "absent"): Promise<"written" | "conflict">;
  /** Deletes the row if its version is still `replaces`; a row that is not there counts as deleted. */
  remove(key: RowKey, replaces: number): Promise<"written" | "conflict">;
  /** All rows of one partition whose sort key starts with `prefix`, in sort order, strongly consistent. */
  query(pk: string, prefix: string): Promise<readonly Row[]>;
  /**
   * Keys of the due index in one shard with `from <= dueAt <= until`, oldest first. Eventually
   * consistent: a key may be missing or stale, so the row itself decides.
   */
  due(shard: string, from: Instant, until: Instant, limit: number): Promise<readonly DueKey[]>;
  /** Rows of one cohort and state through the `roster` index, least recently active first; eventually consistent. */
  roster(rosterKey: string): Promise<readonly Row[]>;
}

/** How many shards the due index has; part of the stored keys, so never changed for a live table. */
export const DUE_SHARDS = 16;

export interface PairStore {
  read(id: string): Promise<Pair | undefined>;
  create(pair: Pair): Promise<"created" | "exists">;
  /** `pair.version` is the version that was read; the stored one counts up. */
  save(pair: Pair): Promise<"saved" | "stale">;
  /** Owns the couple for this pair; answers the owner, which is another pair if the two are enrolled already. */
  claimCouple(couple: string, pairId: string): Promise<string>;
  releaseCouple(couple: string, pairId: string): Promise<void>;
  /** Ids of the pairs an address (as HMAC) belongs to. */
  pairsOf(address: string): Promise<readonly string[]>;
  /** The same and those it has left: all that an erasure has to look into. */
  pairsEverOf(address: string): Promise<readonly string[]>;
  linkAddress(address: string, pairId: string): Promise<void>;
  /** The address has left the pair; that it once sat there is known until it is erased. */
  unlinkAddress(address: string, pairId: string): Promise<void>;
  /** Nothing leads from the address to the pair any more. */
  forgetAddress(address: string, pairId: string): Promise<void>;
  /** Earliest day first. One report (kind, source) that was written under two days counts once, under the first. */
  log(pairId: string): Promise<readonly LogEntry[]>;
  /** Adding the same entry (day, kind, source) again changes nothing. */
  appendLog(pairId: string, entry: LogEntry): Promise<"added" | "exists">;
  undoLog(pairId: string, entry: LogEntry, at: Instant): Promise<void>;
  /** Remembers that a reply was handled; `"seen"` when it was remembered before. Expires. */
  rememberReply(pairId: string, reply: string, expiresAt: Instant): Promise<"new" | "seen">;
  hasReply(pairId: string, reply: string): Promise<boolean>;
  roster(cohort: string, state: Pair["state"]["kind"]): Promise<readonly Pair[]>;
}

export interface SendLedger {
  read(key: SendKey): Promise<Send | undefined>;
  /** Puts the send if its key is free. A key that exists is left as it is: that mail was planned before. */
  plan(send: Send): Promise<"planned" | "exists">;
  /**
   * Changes one send by a pure decision on the stored row, redone when another write came between.
   * @returns the row as it stands afterwards, or undefined when `decide` left it alone or it does not exist
   */
  change(key: SendKey, decide: (send: Send) => Send | undefined): Promise<Send | undefined>;
  /** All sends of one owner whose item starts with the prefix. */
  list(owner: string, itemPrefix: string): Promise<readonly Send[]>;
  consents(pairId: string): Promise<readonly Consent[]>;
  /** Allocates a holder number: puts the row if absent. */
  allocate(consent: Consent): Promise<"allocated" | "exists">;
  changeConsent(
    holder: Pick<Consent, "pairId" | "seat" | "holder">,
    decide: (consent: Consent) => Consent | undefined,
  ): Promise<Consent | undefined>;
  suppression(address: string): Promise<Suppression | undefined>;
  suppress(address: string, ground: SuppressionGround, act: Ground): Promise<Suppression>;
  /**
   * Takes the seat's turn: when this holder last got an item that keeps its distance.
   * @returns undefined when the turn was taken, else when the last item went out
   */
  takeTurn(
    holder: { readonly pairId: string; readonly seat: SeatId; readonly holder: number },
    turn: { readonly item: string; readonly at: Instant; readonly gapMs: number },
  ): Promise<Instant | undefined>;
}

/** Compiled mails by edition (`COURSE#<slug>`); what is read once stays in memory, for editions never change. */
export interface CourseStore {
  current(slug: string): Promise<CourseOutline>;
  mail(slug: string, edition: string, mail: string, locale: string): Promise<CompiledMailRecord>;
  publish(
    outline: CourseOutline,
    mails: readonly CompiledMailRecord[],
  ): Promise<"published" | "unchanged">;
}

/** A compiled mail as stored; `emails/render.ts` knows its inside. */
export interface CompiledMailRecord {
  readonly mail: string;
  readonly locale: string;
  readonly content: unknown;
}

/** Counters that expire, for limits on the form and on answers. */
export interface Limits {
  /**
   * Counts one more use of the key in its window; true while the count is at most `max`.
   *
   * @param use id of this use where it may be tried again after a crash: it is counted once
   */
  take(key: string, max: number, windowMs: number, now: Instant, use?: string): Promise<boolean>;
  /** Forgets that the key was ever used. @returns how many windows were counted under it */
  forget(key: string): Promise<number>;
}

export interface Sessions {
  /** Uses a sign-in request; false when it was used before. */
  redeem(request: string, expiresAt: Instant): Promise<boolean>;
  open(session: Session): Promise<void>;
  read(idHash: string): Promise<Session | undefined>;
  touch(session: Session): Promise<void>;
  close(idHash: string): Promise<void>;
}

export interface Session {
  /** SHA-256 of the cookie's value; the value itself is stored nowhere. */
  readonly idHash: string;
  readonly who:
    | {
        readonly kind: "partner";
        readonly pairId: string;
        readonly seat: SeatId;
        readonly holder: number;
      }
    | { readonly kind: "coordinator"; readonly cohort: string; readonly address: string };
  readonly openedAt: Instant;
  readonly usedAt: Instant;
}

export interface Watermarks {
  read(table: "pairs" | "ledger"): Promise<Instant | undefined>;
  move(table: "pairs" | "ledger", to: Instant): Promise<void>;
}

/** Leases sending slots from the account's rate and daily quota. */
export interface Pacer {
  /**
   * @param use a probe takes its place in the rate, and is no mail of the day
   * @returns the instant at which the mail may go: now, or later when the rate or the day is used up
   */
  lease(now: Instant, use?: "mail" | "probe"): Promise<Instant>;
  /** SES did not take the mail that a slot was leased for, so the day and the valve do not count it. */
  giveBack(leasedAt: Instant): Promise<void>;
}

/** Whether SES answers, for each lane by itself. */
export interface Breaker {
  read(lane: Lane): Promise<LaneState>;
  /**
   * Changes a lane by a pure decision on what is stored, redone when another write came between.
   * @returns the lane as it stands afterwards, or undefined when `decide` left it alone
   */
  change(
    lane: Lane,
    decide: (state: LaneState) => LaneState | undefined,
  ): Promise<LaneState | undefined>;
}

/** The safety valve for course mail, and what it judges by: our own events of the last seven days. */
export interface Valve {
  read(): Promise<ValveState>;
  /**
   * Changes it by a pure decision on what is stored, redone when another write came between.
   * @returns the state as it stands afterwards, or undefined when `decide` left it alone
   */
  change(decide: (state: ValveState) => ValveState | undefined): Promise<ValveState | undefined>;
  /** Remembers that a mail failed; the same mail's failure again changes nothing. */
  note(failure: Failure, mail: { readonly id: string; readonly sentAt: Instant }): Promise<void>;
  /**
   * The mails that went out since, and how many of these failed. How many went out is counted by quarter
   * days: the one in which `from` lies counts whole.
   */
  count(from: Instant): Promise<MailCounts>;
}

/** A finished message, CRLF lines, ready for SES. */
export interface OutboundMail {
  readonly sendId: string;
  readonly to: string;
  readonly raw: Uint8Array;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What became of one request to SES. `not-now`: proven not accepted, try later. `refused`: proven not
 * accepted, and never will be. `unknown`: it may have gone out (timeout, connection lost, 5xx).
 */
export type Delivery =
  | { readonly kind: "accepted"; readonly sesId: string }
  | { readonly kind: "not-now" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unknown" };

export interface Mailer {
  /** Exactly one HTTP request to SES per call; never throws for an answer of SES. */
  deliver(mail: OutboundMail): Promise<Delivery>;
}

/**
 * SES's own list of addresses that bounced or complained, beside ours: SES takes mail to them, drops it
 * and reports a bounce.
 */
export interface SesSuppressions {
  /** Takes the address off; one that is not on it stays off. */
  remove(email: string): Promise<void>;
}

export interface MailArchive {
  /** Raw inbound mail by SES message id; undefined when it was read and deleted already. */
  read(messageId: string): Promise<Uint8Array | undefined>;
  remove(messageId: string): Promise<void>;
  /** Message ids of mails stored before this instant and not read since. */
  unread(before: Instant): Promise<readonly string[]>;
}

export type QueueMessage = (
  | { readonly queue: "due"; readonly pairId: string }
  | { readonly queue: Lane; readonly send: SendOrder }
) & {
  /** Nobody takes it sooner; at once when absent. */
  readonly afterSeconds?: number;
};

/** A queue keeps a message back no longer than this. */
export const AFTER_SECONDS_MAX = 900;

/** A send that is to be taken up. */
export interface SendOrder extends SendKey {
  /** The writer of a reply, where we know nobody under this key any more; kept nowhere but in the message. */
  readonly to?: string;
}

export interface Queues {
  put(message: QueueMessage): Promise<void>;
}

/** Signs and checks what goes into links and reply addresses, and hashes addresses. */
export interface Signer {
  sign(claims: LinkClaims): string;
  /** @returns undefined for a token that is altered, foreign or of another purpose */
  verify(token: string, purpose: LinkPurpose): LinkClaims | undefined;
  /** Local part of a reply address: `r-<token>`, lower-case base32, at most 64 characters. */
  replyLocalPart(send: SendKey): string;
  readReplyLocalPart(localPart: string): SendKey | undefined;
  /** HMAC of a normalised address under a key that never rotates. */
  hashAddress(address: string): string;
  hash(...parts: readonly string[]): string;
}

export type LinkPurpose = "confirm" | "approve" | "weak" | "unsubscribe" | "sign-in";

export interface LinkClaims {
  readonly purpose: LinkPurpose;
  readonly owner: string;
  readonly item: string;
  readonly seat: SendKey["seat"];
  readonly holder: number;
  /** Epoch seconds. */
  readonly expires: number;
}

/** Ids, counts and outcomes only: never an address, a name or a word of a mail. */
export interface Log {
  info(event: string, facts: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, facts: Readonly<Record<string, string | number | boolean>>): void;
}

/** What a deployment is set to; one zod-validated place on AWS, `local/settings.ts` on one machine. */
export interface Settings {
  /** `https://…` without a slash at the end; links in mails start with it. */
  readonly siteUrl: string;
  readonly from: string;
  readonly replyDomain: string;
  /** Postal address in the footer of each mail (CAN-SPAM). */
  readonly postalAddress: string;
  readonly configurationSet: string;
  /** Domain in the Message-IDs that SES gives: it depends on the region. */
  readonly messageIdDomain: string;
  readonly cohorts: Readonly<Record<string, Cohort>>;
  readonly defaultSlot: {
    readonly weekday: number;
    readonly time: string;
    readonly timeZone: string;
  };
  readonly form: FormLimits;
}

/** How often the sign-up form can be used before it says "later" (trust.md, form abuse). */
export interface FormLimits {
  /** A form that comes back faster than this was not filled in by a person. */
  readonly secondsMin: number;
  readonly perClientHour: number;
  readonly perDomainHour: number;
  readonly perSiteDay: number;
}

/** All of them, as a composition root hands them out; each workflow names the few it asks for. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly pairs: PairStore;
  readonly ledger: SendLedger;
  readonly courses: CourseStore;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly watermarks: Watermarks;
  readonly pacer: Pacer;
  readonly breaker: Breaker;
  readonly valve: Valve;
  readonly mailer: Mailer;
  readonly sesSuppressions: SesSuppressions;
  readonly archive: MailArchive;
  readonly queues: Queues;
  readonly signer: Signer;
  readonly due: DueIndex;
  readonly feedbackQueue: FeedbackQueue;
  readonly log: Log;
  readonly settings: Settings;
}

/** The queue of SES events, and its dead letters. */
export interface FeedbackQueue {
  /** False while events wait to be read: what looks unresolved may have gone out. */
  isEmpty(): Promise<boolean>;
}

/** The due index of both tables; what it names may be stale, so the row itself decides. */
export interface DueIndex {
  duePairs(from: Instant, until: Instant): Promise<readonly string[]>;
  dueSends(from: Instant, until: Instant): Promise<readonly SendKey[]>;
}
