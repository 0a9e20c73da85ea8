import type { LogEntry } from "../core/action.ts";
import { afterLogging, afterUndoing, withEntries } from "../core/heard.ts";
import { isRunning, pause } from "../core/hold.ts";
import { addDays } from "../core/instant.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import { type Act, changeOf, noticeToPartner, type Plan, withSeat } from "../core/plan.ts";
import { isShown } from "../core/reply-correction.ts";
import { SNOOZE_DAYS } from "../core/reply-effect.ts";
import type { LoggedFact, Send } from "../core/send.ts";
import { dayOf } from "../core/timers.ts";
import type { LinkClaims } from "../ports.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";
import { actOfPress } from "./act-of-press.ts";
import { stopAddress } from "./stop-address.ts";

/** What a mailed link can do: no more than a reply by whoever holds the mail. */
export type WeakAct = "later" | "pause" | "stop";
export type Pressed = "done" | "already" | "over";

/** Later, pause or stop, for the seat whose mail carried the link. */
export async function pressControl(
  ports: ChangePairPorts,
  claims: LinkClaims,
  what: WeakAct,
): Promise<Pressed> {
  const seat = seatOf(claims);
  if (seat === undefined) return "over";
  const holder = { pairId: claims.owner, seat, holder: claims.holder };
  const act = await actOfPress(ports, holder);
  if (what === "stop") return stopAddress(ports, holder, act);
  const outcome = await changePair(ports, claims.owner, (pair) => {
    if (!isTheirs(pair, claims)) return undefined;
    return what === "pause" ? pauseOnce(pair, seat, act) : snoozeOnce(pair, seat, act);
  });
  if (outcome.kind === "unknown-pair" || !isTheirs(outcome.pair, claims)) return "over";
  return outcome.kind === "changed" ? "done" : "already";
}

/** Takes back what the receipt with this link logged. */
export async function undoReceipt(ports: ChangePairPorts, claims: LinkClaims): Promise<Pressed> {
  const pair = await ports.pairs.read(claims.owner);
  const own = await entriesOf(ports, claims);
  if (pair === undefined || own.length === 0 || !isHolder(pair, claims)) return "over";
  const standing = own.filter(({ undoneAt }) => undoneAt === undefined);
  if (standing.length === 0) return "already";
  const at = ports.clock.now();
  for (const entry of standing) await ports.pairs.undoLog(claims.owner, entry, at);
  await settleLog(ports, claims.owner, { undone: standing });
  return "done";
}

/** What this receipt's reply logged, or, said a second time, what the first reply did. */
async function entriesOf(ports: ChangePairPorts, claims: LinkClaims): Promise<readonly LogEntry[]> {
  const source = /^receipt-(.+)$/.exec(claims.item)?.[1];
  const entries = await ports.pairs.log(claims.owner);
  const own = entries.filter((entry) => entry.source === source);
  if (own.length > 0) return own;
  const shown = (await ports.ledger.read(claims))?.facts.logged ?? [];
  return entries.filter((entry) => entry.seat === claims.seat && isShown(entry, shown));
}

/** Logs the one guess whose button was pressed. Pressed again, it is the same entry. */
export async function logGuess(
  ports: ChangePairPorts,
  claims: LinkClaims,
  index: number,
): Promise<Pressed> {
  const send = await ports.ledger.read(claims);
  const guess = send?.facts.guesses?.[index];
  if (send === undefined || guess === undefined) return "over";
  const source = ports.signer.hash("guess", claims.owner, claims.item, String(index));
  return logFacts(ports, send, [guess], source);
}

/**
 * "Was this you?" Yes: the address is the holder's from now on, and what that reply said is logged. Where
 * the own address was in doubt there is none to take on; then only what was said is logged.
 */
export async function acceptAddress(ports: ChangePairPorts, claims: LinkClaims): Promise<Pressed> {
  const send = await ports.ledger.read(claims);
  const seat = seatOf(claims);
  if (send === undefined || seat === undefined || send.mail !== "notice-was-it-you") return "over";
  const source = ports.signer.hash("was-it-you", claims.owner, claims.item);
  const logged = await logFacts(ports, send, send.facts.logged ?? [], source);
  const { address } = send.facts;
  if (logged === "over" || address === undefined) return logged;
  const outcome = await changePair(ports, claims.owner, (pair) => {
    const { aliases } = pair.seats[seat];
    if (!isHolder(pair, claims) || aliases.includes(address)) return undefined;
    return changeOf(withSeat(pair, seat, { aliases: [...aliases, address] }));
  });
  if (outcome.kind === "unknown-pair" || !isHolder(outcome.pair, claims)) return "over";
  return outcome.kind === "changed" ? "done" : "already";
}

async function logFacts(
  ports: ChangePairPorts,
  send: Send,
  facts: readonly LoggedFact[],
  source: string,
): Promise<Pressed> {
  const pair = await ports.pairs.read(send.owner);
  if (pair === undefined || send.seat === "coordinator" || !isHolder(pair, send)) return "over";
  const { seat, holder } = send;
  const at = ports.clock.now();
  const entries = facts.map(
    ({ kind, on }): LogEntry => ({
      kind,
      on: on ?? dayOf(pair, send.plannedFor),
      assumed: on === undefined,
      seat,
      holder,
      source,
      reportedAt: at,
    }),
  );
  const outcomes = await Promise.all(entries.map((entry) => ports.pairs.appendLog(pair.id, entry)));
  await settleLog(ports, pair.id, { added: entries });
  return outcomes.includes("added") ? "done" : "already";
}

/** Prompts follow the log, whichever way it changed. */
async function settleLog(
  ports: ChangePairPorts,
  pairId: string,
  { added = [], undone = [] }: LogChange,
): Promise<void> {
  const entries = withEntries(await ports.pairs.log(pairId), added);
  const now = ports.clock.now();
  await changePair(ports, pairId, async (pair) => {
    const facts = { outline: await ports.courses.current(pair.course), entries };
    const logged = afterLogging(afterUndoing(pair, undone, facts, now), added, facts, now);
    return changeOf(logged, { plans: toldOfDecision(pair, added) });
  });
}

interface LogChange {
  readonly added?: readonly LogEntry[];
  readonly undone?: readonly LogEntry[];
}

/** NOT NEEDED is a decision for both: the other seat is told and may disagree, however it came in. */
function toldOfDecision(pair: Pair, added: readonly LogEntry[]): readonly Plan[] {
  return added.flatMap(({ kind, seat, source, reportedAt }) =>
    kind === "mou-not-needed" && seat !== "coordinator"
      ? noticeToPartner(pair, seat, "notice-not-needed", { at: reportedAt, id: source })
      : [],
  );
}

/** The leaver's links act on nothing once the seat has changed hands, nor do those of whom we forgot. */
function isHolder(pair: Pair, { seat, holder }: Pick<LinkClaims, "seat" | "holder">): boolean {
  if (seat === "coordinator") return false;
  const present = pair.seats[seat];
  return present.holder === holder && present.email !== "";
}

function isTheirs(pair: Pair, claims: LinkClaims): boolean {
  return isHolder(pair, claims) && isRunning(pair);
}

function pauseOnce(pair: Pair, seat: SeatId, act: Act) {
  return pair.seats[seat].state.kind === "paused" ? undefined : pause(pair, seat, act);
}

function snoozeOnce(pair: Pair, seat: SeatId, act: Act) {
  const snoozedUntil = addDays(dayOf(pair, act.at), SNOOZE_DAYS);
  if (pair.seats[seat].snoozedUntil === snoozedUntil) return undefined;
  return changeOf(withSeat(pair, seat, { snoozedUntil }));
}

function seatOf({ seat }: LinkClaims): SeatId | undefined {
  return seat === "coordinator" ? undefined : seat;
}
