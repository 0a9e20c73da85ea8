import type { Consent } from "../core/consent.ts";
import { pairNeedsApproval } from "../core/enrollment.ts";
import { acceptSeat, declineSeat } from "../core/handover.ts";
import { withLogged } from "../core/heard.ts";
import { isRunning } from "../core/hold.ts";
import { confirm, decline } from "../core/life.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import type { Act, Change } from "../core/plan.ts";
import type { LinkClaims, Ports } from "../ports.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";

export type AnswerInvitationPorts = ChangePairPorts & Pick<Ports, "settings">;

/** The seat and holder an invitation names; from a confirm link or from a reply to the mail. */
export type Invitee = Pick<LinkClaims, "owner" | "holder"> & { readonly seat: SeatId };

export type InvitationState =
  | { readonly kind: "open"; readonly pair: Pair; readonly as: "signer" | "partner" | "successor" }
  | { readonly kind: "confirmed"; readonly pair: Pair }
  | { readonly kind: "full"; readonly pair: Pair }
  | { readonly kind: "over" };

/** One person may be in up to three pairs; only seats that confirmed count. */
export const PAIRS_MAX = 3;

/** What the page behind an invitation shows; reads only. */
export async function viewInvitation(
  ports: AnswerInvitationPorts,
  invitee: Invitee,
): Promise<InvitationState> {
  const pair = await ports.pairs.read(invitee.owner);
  if (pair === undefined) return { kind: "over" };
  const state = stateOf(pair, invitee);
  if (state.kind !== "open") return state;
  return (await pairsConfirmedBy(ports, pair, invitee)) >= PAIRS_MAX
    ? { kind: "full", pair }
    : state;
}

/**
 * Says yes. Doing it again changes nothing and answers `confirmed`.
 *
 * @param name of a colleague who takes a seat over, as they write it; the others gave theirs at sign-up
 */
export async function acceptInvitation(
  ports: AnswerInvitationPorts,
  invitee: Invitee,
  act: Act,
  name?: string,
): Promise<InvitationState> {
  const state = await viewInvitation(ports, invitee);
  if (state.kind !== "open") return state;
  await changePair(ports, invitee.owner, (pair) =>
    state.as === "successor"
      ? takeSeat(ports, pair, invitee, act, name)
      : confirm(pair, invitee.seat, act, pairNeedsApproval(ports.settings.cohorts, pair)),
  );
  return viewInvitation(ports, invitee);
}

async function takeSeat(
  ports: AnswerInvitationPorts,
  pair: Pair,
  { seat, holder }: Invitee,
  act: Act,
  name: string | undefined,
): Promise<Change | undefined> {
  const accepted = acceptSeat(pair, seat, holder, act, name);
  if (accepted === undefined) return undefined;
  const outline = await ports.courses.current(pair.course);
  return withLogged(accepted, { outline, entries: await ports.pairs.log(pair.id) }, act.at);
}

/** Says no. The address gets no invitation of other people's making for 90 days. */
export async function declineInvitation(
  ports: AnswerInvitationPorts,
  invitee: Invitee,
  act: Act,
): Promise<"declined" | "over"> {
  const state = await viewInvitation(ports, invitee);
  if (state.kind === "over" || state.kind === "confirmed") return "over";
  const as = state.kind === "open" ? state.as : "partner";
  if (as !== "signer") await rememberDecline(ports, state.pair, invitee, act);
  await changePair(ports, invitee.owner, (pair) =>
    as === "successor"
      ? declineSeat(pair, invitee.seat, invitee.holder, act)
      : decline(pair, invitee.seat, act),
  );
  return "declined";
}

function stateOf(pair: Pair, { seat, holder }: Invitee): InvitationState {
  const { successor, ...present } = pair.seats[seat];
  if (successor?.holder === holder) return { kind: "open", pair, as: "successor" };
  if (present.holder !== holder) return { kind: "over" };
  const hasConfirmed =
    (present.state.kind === "present" && pair.state.kind !== "ended") ||
    // Whoever says yes while their address may not be written to.
    (present.state.kind === "unreachable" && isRunning(pair));
  if (hasConfirmed) return { kind: "confirmed", pair };
  const isAsked = pair.state.kind === "pending" && present.state.kind === "invited";
  if (!isAsked) return { kind: "over" };
  return { kind: "open", pair, as: seat === pair.signer ? "signer" : "partner" };
}

async function pairsConfirmedBy(
  ports: AnswerInvitationPorts,
  pair: Pair,
  invitee: Invitee,
): Promise<number> {
  const consents = await ports.ledger.consents(pair.id);
  const own = consents.find(
    ({ seat, holder }) => seat === invitee.seat && holder === invitee.holder,
  );
  if (own?.address === undefined) return 0;
  const ids = await ports.pairs.pairsOf(own.address);
  const others = await Promise.all(
    ids.filter((id) => id !== pair.id).map((id) => ports.ledger.consents(id)),
  );
  return others.filter((found) => isInPair(found, own.address)).length;
}

function isInPair(consents: readonly Consent[], address: string | undefined): boolean {
  return consents.some(
    (consent) => consent.address === address && ["given", "paused"].includes(consent.state),
  );
}

async function rememberDecline(
  ports: AnswerInvitationPorts,
  pair: Pair,
  { seat, holder }: Invitee,
  act: Act,
): Promise<void> {
  const consents = await ports.ledger.consents(pair.id);
  const own = consents.find((consent) => consent.seat === seat && consent.holder === holder);
  if (own?.address === undefined) return;
  await ports.ledger.suppress(own.address, "decline", { at: act.at, lifted: false });
}
