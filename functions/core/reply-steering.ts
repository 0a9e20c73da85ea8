import { keepMeeting } from "./follow-ups.ts";
import { waitLonger } from "./hold.ts";
import { endByPartner } from "./life.ts";
import { otherSeat } from "./pair.ts";
import { changeOf, noticeToCoordinator } from "./plan.ts";
import type { Effect, Hearing } from "./reply-hearing.ts";
import { dayOf } from "./timers.ts";

/** KEEP answers what comes after the lessons; before, it is a word in a sentence. */
export function keep({ pair, seat, act }: Hearing): Effect | undefined {
  if (pair.state.kind !== "completed") return undefined;
  const kept = keepMeeting(pair, act.at);
  const next = kept.seats[seat].timers.meet?.at;
  return {
    change: (current) => changeOf(keepMeeting(current, act.at)),
    receipt: {
      mail: "receipt-kept",
      facts: next === undefined ? {} : { until: dayOf(pair, next) },
    },
  };
}

/** WAIT answers the question of a hold; where every wait ends by itself there is none. */
export function wait({ pair, act }: Hearing): Effect | undefined {
  const longer = waitLonger(pair, act);
  const endsAt = longer?.pair.timers.hold?.at;
  if (endsAt === undefined) return undefined;
  return {
    change: (current) => waitLonger(current, act),
    receipt: { mail: "receipt-waiting", facts: { until: dayOf(pair, endsAt) } },
  };
}

/**
 * Asks the coordinator for a name: for the writer's own seat, or, from somebody who is there while the pair
 * waits for the other seat and was asked how to go on, for that one.
 */
export function handOver(hearing: Hearing): Effect {
  const { pair, seat, mail, act } = hearing;
  const isThere = pair.seats[seat].state.kind === "present";
  const isAboutOther = mail === "notice-hold-question" && isThere && pair.hold !== undefined;
  const about = isAboutOther ? otherSeat(seat) : seat;
  return {
    change: (current) =>
      changeOf(current, { plans: [noticeToCoordinator("notice-handover", act, { about })] }),
    receipt: { mail: isAboutOther ? "receipt-handover-other" : "receipt-handover" },
  };
}

export function endPair({ act, seat }: Hearing): Effect {
  return {
    change: (pair) => endByPartner(pair, seat, act),
    receipt: { mail: "receipt-ended" },
  };
}

/** END answers the question of a hold or of unanswered prompts; elsewhere it is a word in a sentence. */
export function mayEnd({ pair, mail }: Hearing): boolean {
  return pair.hold !== undefined || mail === "notice-hold-question" || mail === "meet-keep";
}
