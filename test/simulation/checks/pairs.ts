import { type ConsentState, suppressedBy } from "../../../functions/core/consent.ts";
import { type Pair, SEATS, type SeatId, type SeatState } from "../../../functions/core/pair.ts";
import type { World } from "../world.ts";
import type { Check, CreateCheck } from "./check.ts";
import {
  allPairs,
  consentOf,
  consentsOf,
  isPairRow,
  suppressionOf,
  toPair,
} from "./ledger-reading.ts";

/** A pair starts once, and only when both have said yes themselves. */
export const startsOnce: CreateCheck = (scene): Check => {
  const name = "starts-once";
  const startedAt = (pair: Pair) =>
    pair.state.kind === "active" || pair.state.kind === "completed"
      ? pair.state.startedAt
      : undefined;
  return {
    name,
    rows: [17],
    written({ before, after }) {
      if (!isPairRow(after)) return;
      const is = toPair(after);
      const was = before === undefined ? undefined : startedAt(toPair(before));
      const now = startedAt(is);
      if (was !== undefined && now !== undefined && was !== now) {
        scene.report(name, `${is.id} started at ${was} and again at ${now}`);
      }
      if (was !== undefined || now === undefined) return;
      for (const seat of ["sp", "le"] as const) {
        const consents = consentsOf(scene.world, is.id).filter((consent) => consent.seat === seat);
        const agreed = consents.some(({ state }) => !["invited", "declined"].includes(state));
        if (!agreed) scene.report(name, `${is.id} starts without the yes of ${seat}`);
      }
    },
  };
};

const AGREEING: Readonly<Record<SeatState["kind"], readonly ConsentState[]>> = {
  invited: ["invited"],
  present: ["given"],
  paused: ["paused"],
  open: ["left", "erased"],
  unreachable: ["given", "paused"],
};

/**
 * The ledger is written first; where a second write was lost, the pair is put right. What has ended has ended
 * in both, and a seat that cannot be written to is nobody's presence.
 */
export const pairAndLedgerAgree: CreateCheck = (scene): Check => {
  const name = "pair-and-ledger-agree";
  const { world } = scene;
  return {
    name,
    rows: [1, 16, 17, 26],
    ended() {
      // A restored pair is put right when something is due for it, which may be weeks from now.
      if (world.faults.restore !== undefined) return;
      for (const pair of allPairs(world)) {
        for (const seat of SEATS) {
          for (const words of disagreements(world, pair, seat)) scene.report(name, words);
        }
      }
    },
  };
};

function disagreements(world: World, pair: Pair, seat: SeatId): readonly string[] {
  const { holder, state } = pair.seats[seat];
  const own = consentOf(world, { owner: pair.id, seat, holder });
  const consent = own?.state;
  if (pair.state.kind === "ended") {
    return consent === "given" || consent === "paused"
      ? [`${pair.id} has ended, and the consent of ${seat} is ${consent}`]
      : [];
  }
  if (pair.state.kind === "pending") return [];
  const agrees = consent !== undefined && AGREEING[state.kind].includes(consent);
  const grounds = suppressedBy(suppressionOf(world, own?.address));
  const isWaitedFor = state.kind === "present" && grounds.length > 0;
  return [
    ...(agrees ? [] : [`${pair.id} ${seat} is ${state.kind}, and its consent ${consent}`]),
    ...(isWaitedFor ? [`${pair.id} ${seat} is present, and on the list for a ${grounds}`] : []),
  ];
}

/** What a step plans is in the ledger before the pair says that the step was done: no crash loses it. */
export const noMailIsMissing: CreateCheck = (scene): Check => {
  const name = "no-mail-is-missing";
  const { world } = scene;
  const wasPlanned = (owner: string, item: string, seat: string, holder: number) =>
    world.ledger.get({ pk: `PAIR#${owner}`, sk: `SEND#${item}#${seat}${holder}` }) !== undefined;
  return {
    name,
    rows: [1],
    written({ after }) {
      if (!isPairRow(after)) return;
      const { id, state, seats } = toPair(after);
      for (const seat of ["sp", "le"] as const) {
        const { successor } = seats[seat];
        const holders = Array.from({ length: seats[seat].holder }, (_, index) => index + 1);
        const isAsked = (holder: number) => wasPlanned(id, "invitation", seat, holder);
        if (successor !== undefined && !isAsked(successor.holder)) {
          scene.report(name, `${id} has a successor in ${seat} who is not asked`);
        }
        const hasWelcome = holders.some((holder) => wasPlanned(id, "welcome", seat, holder));
        if (state.kind === "active" && !hasWelcome) {
          scene.report(name, `${id} has started, and ${seat} gets no welcome`);
        }
      }
    },
  };
};

/** The same two people are one pair, whoever of them signs up and how often. */
export const oneCoupleOnePair: CreateCheck = (scene): Check => {
  const name = "one-couple-one-pair";
  return {
    name,
    rows: [25],
    ended() {
      const couples = new Map<string, string>();
      for (const { id, state, seats } of allPairs(scene.world)) {
        if (state.kind === "ended") continue;
        const couple = [seats.sp.email, seats.le.email].sort().join(" ");
        if (couple.trim() === "" || couple.startsWith(" ")) continue;
        const other = couples.get(couple);
        if (other !== undefined) scene.report(name, `${other} and ${id} are the same two people`);
        couples.set(couple, id);
      }
    },
  };
};

/** Failures that the run makes itself; any other is a mistake in the code. */
const EXPECTED = ["ServiceRefused", "AnswerLost", "Broken"];
/** Many writers at once may really get in each other's way; the queue tries again. */
const CONFLICTS_MAX = 10;

/** No workflow fails by itself: not on old rows or new ones, not on a poison message beside it. */
export const onlyExpectedFailures: CreateCheck = (scene): Check => {
  const name = "only-expected-failures";
  let conflicts = 0;
  return {
    name,
    rows: [12, 14],
    failed(process, error) {
      if (!(error instanceof Error)) return;
      const isPoison = error.name === "ZodError" && scene.world.faults.poisonMs.length > 0;
      if (EXPECTED.includes(error.name) || isPoison) return;
      if (error.message.includes("changed under")) {
        conflicts += 1;
        if (conflicts !== CONFLICTS_MAX) return;
      }
      scene.report(name, `${process.name}: ${error.name}: ${error.message}`);
    },
  };
};

/** What lies in the dead letters when all is calm is what nobody can read. */
export const deadLettersAreCleared: CreateCheck = (scene): Check => {
  const name = "dead-letters-are-cleared";
  return {
    name,
    rows: [14],
    ended() {
      for (const { queue, body } of scene.world.sqs.deadLetters()) {
        if (!body.includes("poison")) scene.report(name, `${queue}: ${body}`);
      }
    },
  };
};
