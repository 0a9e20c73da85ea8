import { describe, expect, test } from "vitest";
import type { SignUp } from "../../functions/core/enrollment.ts";
import { addDays, localDay, localTime, plusDays } from "../../functions/core/instant.ts";
import {
  approve,
  confirm,
  correctPartner,
  decline,
  end,
  enroll,
  expire,
  remind,
} from "../../functions/core/life.ts";
import type { EndReason, Pair, SeatId } from "../../functions/core/pair.ts";
import type { Change } from "../../functions/core/plan.ts";
import { pairDueAt } from "../../functions/core/timers.ts";
import { actAt, NOW, pairOf, pendingPair, TODAY } from "../support/builders.ts";
import { signUpOf, TEST_SETTINGS } from "../support/service.ts";

const COHORT = TEST_SETTINGS.cohorts.demo;
const LE_SIGNS: SignUp = signUpOf({ role: "law_enforcement" });

function changed(change: Change | undefined): Change {
  if (change === undefined) throw new Error("this changes something");
  return change;
}

function mailsOf(change: Change): readonly string[] {
  return change.plans.map(({ mail, seat }) => `${mail} ${seat}`);
}

function enrolled(signUp = signUpOf()): Change {
  if (COHORT === undefined) throw new Error("the demo cohort is set up");
  return enroll("abcdefgh234567ab", signUp, COHORT, actAt());
}

/** What the seat's consent becomes, and from which state only. */
function consentsOf(change: Change): readonly string[] {
  return change.consents.map(
    ({ seat, holder, state, onlyFrom }) => `${seat}${holder} ${onlyFrom ?? "any"} -> ${state}`,
  );
}

describe("a sign-up", () => {
  test("asks the signer and nobody else", () => {
    expect(mailsOf(enrolled())).toEqual(["invitation-signer sp"]);
    expect(consentsOf(enrolled())).toEqual(["sp1 any -> invited"]);
    expect(mailsOf(enrolled(LE_SIGNS))).toEqual(["invitation-signer le"]);
  });

  test("gives the signer 14 days, with one reminder on day 4 at the pair's own hour", () => {
    const { pair, plans } = enrolled();
    expect(pair.timers.expiry?.at).toBe(plusDays(NOW, 14));
    const remindAt = pair.seats.sp.timers.reminder?.at ?? "";
    expect(localDay(remindAt, pair.slot.timeZone)).toBe(addDays(TODAY, 4));
    expect(localTime(remindAt, pair.slot.timeZone).slice(0, 3)).toBe("10:");
    expect(plans[0]).toMatchObject({
      expiresAt: plusDays(NOW, 14),
      facts: { until: "2026-10-27" },
    });
  });
});

describe("a yes", () => {
  test("of the signer invites the partner, who has 30 days from then", () => {
    const act = actAt(plusDays(NOW, 2));
    const change = changed(confirm(enrolled().pair, "sp", act, false));
    expect(mailsOf(change)).toEqual(["invitation-partner le"]);
    expect(consentsOf(change)).toEqual(["sp1 invited -> given", "le1 any -> invited"]);
    expect(change.pair.timers.expiry?.at).toBe(plusDays(act.at, 30));
    expect(change.pair.seats.sp.timers.reminder).toBeUndefined();
  });

  test("of the signer asks the coordinator first where the group wants that", () => {
    const change = changed(confirm(enrolled().pair, "sp", actAt(), true));
    expect(mailsOf(change)).toEqual(["notice-approval coordinator"]);
    expect(consentsOf(change)).toEqual(["sp1 invited -> given"]);
    expect(change.pair.timers.expiry?.at).toBe(plusDays(NOW, 14));
  });

  test("of the partner starts the course: welcome now, first lesson 20 hours later at the earliest", () => {
    const change = changed(confirm(pendingPair("partner"), "le", actAt(), false));
    expect(change.pair.state).toEqual({ kind: "active", startedAt: NOW });
    expect(mailsOf(change)).toEqual(["welcome sp", "welcome le"]);
    expect(localDay(pairDueAt(change.pair) ?? "", "America/New_York")).toBe("2026-10-20");
  });

  test("at night sends the welcome in the morning", () => {
    const night = actAt("2026-10-14T04:00:00.000Z");
    const change = changed(confirm(pendingPair("partner"), "le", night, false));
    expect(change.plans.map(({ at }) => at)).toEqual(Array(2).fill("2026-10-14T11:00:00.000Z"));
  });

  test.each([
    ["the partner before the signer", pendingPair("signer"), "le"],
    ["the partner before the approval", pendingPair("approval"), "le"],
    ["the signer a second time", pendingPair("partner"), "sp"],
    ["anybody once the course runs", pairOf(), "le"],
  ] satisfies [string, Pair, SeatId][])("of %s changes nothing", (_, pair, seat) => {
    expect(confirm(pair, seat, actAt(), false)).toBeUndefined();
  });
});

describe("an approval", () => {
  test("invites the partner; a second one changes nothing", () => {
    const change = changed(approve(pendingPair("approval"), actAt()));
    expect(mailsOf(change)).toEqual(["invitation-partner le"]);
    expect(approve(change.pair, actAt())).toBeUndefined();
    expect(decline(change.pair, "coordinator", actAt())).toBeUndefined();
  });

  test("that is refused tells the signer, and the partner was never written to", () => {
    const change = changed(decline(pendingPair("approval"), "coordinator", actAt()));
    expect(change.pair.state).toMatchObject({ kind: "ended", reason: "not-approved" });
    expect(mailsOf(change)).toEqual(["notice-not-approved sp"]);
  });
});

describe("a no, or no answer", () => {
  test("of the partner gives the signer the same neutral note either way", () => {
    const said = changed(decline(pendingPair("partner"), "le", actAt()));
    const silent = changed(expire(pendingPair("partner"), actAt()));
    expect(mailsOf(said)).toEqual(["notice-not-taken-up sp"]);
    expect(mailsOf(silent)).toEqual(mailsOf(said));
    expect(said.plans[0]?.facts).toEqual(silent.plans[0]?.facts);
  });

  test("of the signer ends it without a mail", () => {
    for (const change of [
      decline(pendingPair("signer"), "sp", actAt()),
      expire(pendingPair("signer"), actAt()),
    ]) {
      expect(mailsOf(changed(change))).toEqual([]);
      expect(change?.pair.state).toMatchObject({ reason: "not-confirmed" });
    }
  });

  test("of the coordinator ends it with the note that an answer would have brought", () => {
    const change = changed(expire(pendingPair("approval"), actAt()));
    expect(mailsOf(change)).toEqual(["notice-not-approved sp"]);
  });

  test("deletes the names of whoever never agreed at once, those of the others after 90 days", () => {
    const { pair } = changed(expire(pendingPair("partner"), actAt()));
    expect(pair.seats.le).toMatchObject({ name: "", email: "", agency: "" });
    expect(pair.seats.sp.email).not.toBe("");
    expect(pair.timers).toEqual({ retention: { at: plusDays(NOW, 90), item: "retention" } });
    const { pair: unconfirmed } = changed(expire(pendingPair("signer"), actAt()));
    expect([unconfirmed.seats.sp.name, unconfirmed.seats.le.name]).toEqual(["", ""]);
    expect(unconfirmed.timers).toEqual({});
  });

  test("never runs over a yes of the same second: what can refuse is written first", () => {
    const expiry = changed(expire(pendingPair("partner", "sp"), actAt()));
    expect(consentsOf(expiry)).toEqual(["le1 invited -> ended", "sp1 any -> ended"]);
    const no = changed(decline(pendingPair("partner", "sp"), "le", actAt()));
    expect(consentsOf(no)).toEqual(["le1 invited -> declined", "sp1 any -> ended"]);
  });

  test("comes too late once the course runs", () => {
    expect(expire(pairOf(), actAt())).toBeUndefined();
    expect(decline(pairOf(), "le", actAt())).toBeUndefined();
  });
});

describe("the one reminder", () => {
  test("goes to the person asked and says the day on which their invitation ends", () => {
    const { pair } = enrolled();
    const reminded = changed(remind(pair, "sp", actAt(plusDays(NOW, 4))));
    expect(reminded.plans).toMatchObject([
      {
        item: "reminder",
        mail: "reminder-signer",
        kind: "reminder",
        expiresAt: plusDays(NOW, 14),
        facts: { until: "2026-10-27" },
      },
    ]);
    expect(reminded.pair.seats.sp.timers.reminder).toBeUndefined();
  });

  test("of the partner is the partner's own, with their 30 days", () => {
    const invited = changed(confirm(enrolled().pair, "sp", actAt(), false)).pair;
    const reminded = changed(remind(invited, "le", actAt(plusDays(NOW, 4))));
    expect(mailsOf(reminded)).toEqual(["reminder-partner le"]);
    expect(reminded.plans[0]?.expiresAt).toBe(plusDays(NOW, 30));
  });

  test("goes to the coordinator while the approval is missing", () => {
    const waiting = changed(confirm(enrolled().pair, "sp", actAt(), true)).pair;
    expect(mailsOf(changed(remind(waiting, "sp", actAt())))).toEqual([
      "notice-approval-reminder coordinator",
    ]);
  });
});

describe("an address that failed", () => {
  const bounced: Pair = {
    ...pendingPair("partner"),
    seats: {
      ...pendingPair("partner").seats,
      le: { ...pendingPair("partner").seats.le, state: { kind: "unreachable", since: NOW } },
    },
  };

  test("is corrected by the signer once: the next holder is invited at the new address", () => {
    const change = changed(correctPartner(bounced, "benjamin@police.example", actAt(), false));
    const restored = changed(correctPartner(bounced, "benjamin@police.example", actAt(), false, 2));
    expect(restored.consents).toEqual([expect.objectContaining({ seat: "le", holder: 3 })]);
    expect(change.pair.seats.le).toMatchObject({ email: "benjamin@police.example", holder: 2 });
    expect(consentsOf(change)).toEqual(["le2 any -> invited"]);
    const again = {
      ...change.pair,
      seats: {
        ...change.pair.seats,
        le: { ...change.pair.seats.le, state: bounced.seats.le.state },
      },
    };
    expect(correctPartner(again, "ben2@police.example", actAt(), false)).toBeUndefined();
  });

  test("is nothing to correct while it works", () => {
    expect(
      correctPartner(pendingPair("partner"), "x@police.example", actAt(), false),
    ).toBeUndefined();
  });
});

test("the end tells everybody who agreed, save where both left, an address failed or nobody ever agreed", () => {
  const reasons: readonly EndReason[] = [
    "on-hold-too-long",
    "ended-by-partner",
    "quiet",
    "erased",
    "both-left",
    "address-failed",
    "not-confirmed",
  ];
  const told = reasons.map((reason) => mailsOf(end(pairOf(), reason, actAt())).length);
  expect(told).toEqual([2, 2, 2, 2, 0, 0, 0]);
});

test("after the end nothing is due but the deletion of names", () => {
  const pair = pairOf(
    { timers: { lesson: { at: NOW, item: "next" }, hold: { at: NOW, item: "ask" } } },
    { sp: { timers: { nudge: { at: NOW, item: "nudge-01" } } } },
  );
  const { pair: ended, consents } = end(pair, "quiet", actAt());
  expect(pairDueAt(ended)).toBe(plusDays(NOW, 90));
  expect(ended.seats.sp.timers).toEqual({});
  expect(consents.map(({ state }) => state)).toEqual(["ended", "ended"]);
});
