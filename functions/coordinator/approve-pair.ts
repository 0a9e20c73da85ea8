import { needsApproval } from "../core/enrollment.ts";
import { approve, decline } from "../core/life.ts";
import { otherSeat, type Pair, ROLES, type SeatId } from "../core/pair.ts";
import { type Act, andThen } from "../core/plan.ts";
import { syncSeats } from "../core/sync.ts";
import { dayOf } from "../core/timers.ts";
import type { Ports } from "../ports.ts";
import { type ChangePairPorts, changePair } from "../schedule/change-pair.ts";
import type { Applicant, ApprovalOutcome, ApprovalView } from "./approval-page.tsx";

export type ApprovePairPorts = ChangePairPorts & Pick<Ports, "settings">;

export type ApprovalState =
  | { readonly kind: "open"; readonly view: ApprovalView }
  | { readonly kind: "answered"; readonly outcome: ApprovalOutcome };

/** What the coordinator of this cohort sees of a sign-up that waits; reads only. */
export async function viewApproval(
  ports: ApprovePairPorts,
  cohortName: string,
  pairId: string,
): Promise<ApprovalState> {
  const pair = await ports.pairs.read(pairId);
  if (pair === undefined || pair.cohort !== cohortName)
    return { kind: "answered", outcome: "over" };
  if (pair.state.kind !== "pending" || pair.state.waitsFor !== "approval") {
    return { kind: "answered", outcome: outcomeOf(pair) };
  }
  return { kind: "open", view: approvalView(ports, pair) };
}

/** Approves or declines; whoever answers second is told what was answered, and changes nothing. */
export async function answerApproval(
  ports: ApprovePairPorts,
  cohortName: string,
  pairId: string,
  answer: "approve" | "decline",
): Promise<{ readonly outcome: ApprovalOutcome; readonly already: boolean }> {
  const state = await viewApproval(ports, cohortName, pairId);
  if (state.kind === "answered") return { outcome: state.outcome, already: true };
  const act: Act = { at: ports.clock.now(), id: ports.signer.hash("approval", pairId) };
  const done = await changePair(ports, pairId, async (pair) => {
    // An approval whose second write was lost counts: the partner may have the invitation already.
    const synced = syncSeats(pair, await ports.ledger.consents(pairId), true);
    const answered = andThen(synced, (next) =>
      answer === "approve" ? approve(next, act) : decline(next, "coordinator", act),
    );
    return answered.pair === pair ? undefined : answered;
  });
  if (done.kind === "unknown-pair") return { outcome: "over", already: true };
  return { outcome: outcomeOf(done.pair), already: done.kind === "unchanged" };
}

function approvalView(ports: ApprovePairPorts, pair: Pair): ApprovalView {
  const cohort = ports.settings.cohorts[pair.cohort];
  const everyPair = cohort === undefined || needsApproval(cohort, []);
  return {
    pairId: pair.id,
    signer: applicant(pair, pair.signer),
    partner: applicant(pair, otherSeat(pair.signer)),
    signedUpOn: dayOf(pair, pair.createdAt),
    reason: everyPair ? "every-pair" : "unlisted-domain",
  };
}

function applicant(pair: Pair, seat: SeatId): Applicant {
  const { name, email, agency } = pair.seats[seat];
  return { name, email, agency, role: ROLES[seat] };
}

function outcomeOf(pair: Pair): ApprovalOutcome {
  if (pair.state.kind === "ended") {
    return pair.state.reason === "not-approved" ? "declined" : "over";
  }
  const wasApproved = pair.state.kind !== "pending" || pair.state.waitsFor === "partner";
  return wasApproved ? "approved" : "over";
}
