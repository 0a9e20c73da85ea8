import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAREWELL, judgeSend, type Verdict } from "../../functions/core/allowed.ts";
import type { Consent, ConsentState, Suppression } from "../../functions/core/consent.ts";
import { MAIL_KINDS, type MailKind } from "../../functions/core/course.ts";
import { plusDays } from "../../functions/core/instant.ts";
import { consentOf, NOW, sendOf } from "../support/builders.ts";

const COURSE_MAIL: readonly MailKind[] = [
  "lesson",
  "nudge",
  "meet",
  "mou",
  "check-in",
  "graduation",
];
const ANSWERS: readonly MailKind[] = ["receipt", "notice", "sign-in"];
const partner = consentOf({ seat: "le" });

interface Situation {
  readonly mail?: string;
  readonly consents?: readonly Consent[];
  readonly suppression?: Suppression;
  readonly onHold?: boolean;
}

function judged(kind: MailKind, { mail = kind, ...facts }: Situation = {}): Verdict {
  const send = sendOf({ kind, mail, item: kind });
  const consents = facts.consents ?? [consentOf(), partner];
  return judgeSend(send, consents, facts.suppression, facts.onHold ?? false, NOW);
}

function kindsWith(verdict: Verdict, situation: Situation): readonly MailKind[] {
  return MAIL_KINDS.filter((kind) => judged(kind, situation) === verdict);
}

describe("what consent allows", () => {
  test("somebody who agreed gets everything", () => {
    expect(kindsWith("allowed", {})).toEqual(MAIL_KINDS);
  });

  test("somebody who was only invited gets the invitation, its reminder and answers to own replies", () => {
    const consents = [consentOf({ state: "invited" }), partner];
    expect(kindsWith("allowed", { consents })).toEqual(["invitation", "reminder", "receipt"]);
    expect(kindsWith("gone-for-now", { consents })).toEqual([]);
  });

  test("a pause takes the seat's own mail back for now, but not what the person asks for", () => {
    const consents = [consentOf({ state: "paused" }), partner];
    expect(kindsWith("allowed", { consents })).toEqual(ANSWERS);
    expect(kindsWith("gone-for-good", { consents })).toEqual([]);
  });

  test("a hold takes course mail back for now from both seats", () => {
    expect(kindsWith("gone-for-now", { onHold: true })).toEqual(COURSE_MAIL);
  });

  const holding: readonly ConsentState[] = ["paused", "left", "erased"];
  test.each(holding)(
    "the partner being %s holds the course although the row does not say so yet",
    (state) => {
      const consents = [consentOf(), { ...partner, state }];
      expect(kindsWith("gone-for-now", { consents })).toEqual(COURSE_MAIL);
    },
  );

  test("a seat is judged by its newest holder who agreed: a successor takes the hold away", () => {
    const left = { ...partner, state: "left" } as const;
    const successor = { ...partner, holder: 2 };
    expect(judged("lesson", { consents: [consentOf(), left, successor] })).toBe("allowed");
    const invited = { ...successor, state: "invited" } as const;
    expect(judged("lesson", { consents: [consentOf(), left, invited] })).toBe("gone-for-now");
    const declined = { ...successor, state: "declined" } as const;
    expect(judged("lesson", { consents: [consentOf(), left, declined] })).toBe("gone-for-now");
  });

  test("who left gets only the receipt of that stop and a requested sign-in link", () => {
    const consents = [consentOf({ state: "left" }), partner];
    expect(kindsWith("allowed", { consents })).toEqual(["sign-in"]);
    expect(judged("receipt", { consents, mail: "receipt-stopped" })).toBe("allowed");
    expect(judged("receipt", { consents, mail: "receipt-logged" })).toBe("gone-for-good");
  });

  test("after the end only answers and the final note go out", () => {
    const consents = [consentOf({ state: "ended" }), { ...partner, state: "ended" } as const];
    expect(kindsWith("allowed", { consents })).toEqual(ANSWERS);
  });

  test.each(["declined", "erased"] as const)("who is %s gets nothing at all", (state) => {
    const consents = [consentOf({ state }), partner];
    expect(kindsWith("gone-for-good", { consents })).toEqual(MAIL_KINDS);
  });

  test("who is erased and writes again hears that the series is over; who only said no hears nothing", () => {
    const farewell = (state: "declined" | "erased") =>
      judged("receipt", { mail: FAREWELL, consents: [consentOf({ state }), partner] });
    expect(farewell("erased")).toBe("allowed");
    expect(farewell("declined")).toBe("gone-for-good");
  });

  test("without a consent row of this very holder nothing goes out", () => {
    const consents = [consentOf({ holder: 2 }), partner];
    expect(kindsWith("gone-for-good", { consents })).toEqual(MAIL_KINDS);
  });
});

describe("what a suppression stops", () => {
  const standing = { at: NOW, lifted: false };

  test.each(["bounce", "complaint"] as const)(
    "after a %s nothing goes to that address, not even answers",
    (ground) => {
      const suppression = { address: "a1", [ground]: standing };
      expect(kindsWith("gone-for-good", { suppression })).toEqual(MAIL_KINDS);
      expect(judged("receipt", { suppression, mail: "receipt-stopped" })).toBe("gone-for-good");
    },
  );

  test("after a person's own stop only its receipt and a requested sign-in link pass", () => {
    const suppression = { address: "a1", stop: standing };
    const consents = [consentOf({ state: "left" }), partner];
    expect(kindsWith("allowed", { suppression, consents })).toEqual(["sign-in"]);
    expect(judged("receipt", { suppression, consents, mail: "receipt-stopped" })).toBe("allowed");
  });

  test("a stop and a bounce together let nothing pass", () => {
    const suppression = { address: "a1", stop: standing, bounce: standing };
    expect(judged("sign-in", { suppression })).toBe("gone-for-good");
  });

  test("a ground that was lifted stops nothing", () => {
    const suppression = { address: "a1", stop: { at: NOW, lifted: true } };
    expect(kindsWith("allowed", { suppression })).toEqual(MAIL_KINDS);
  });

  test("a refused invitation keeps only the invitations of others away, and only for 90 days", () => {
    const consents = [consentOf({ state: "invited" }), partner];
    const refused = (days: number): Situation => ({
      consents,
      suppression: { address: "a1", decline: { at: plusDays(NOW, -days), lifted: false } },
    });
    expect(judged("invitation", { ...refused(89), mail: "invitation-partner" })).toBe(
      "gone-for-good",
    );
    expect(judged("reminder", { ...refused(89), mail: "reminder-partner" })).toBe("gone-for-good");
    expect(judged("invitation", { ...refused(91), mail: "invitation-partner" })).toBe("allowed");
    expect(judged("invitation", { ...refused(1), mail: "invitation-signer" })).toBe("allowed");
    expect(judged("lesson", { ...refused(1), consents: [consentOf(), partner] })).toBe("allowed");
  });
});

test("a coordinator is judged by the address alone", () => {
  const send = sendOf({ seat: "coordinator", kind: "notice", mail: "notice-approval" });
  expect(judgeSend(send, [], undefined, true, NOW)).toBe("allowed");
  const suppression = { address: "a1", bounce: { at: NOW, lifted: false } };
  expect(judgeSend(send, [], suppression, false, NOW)).toBe("gone-for-good");
});

test("no combination of states lets a lesson through to somebody who did not agree or stopped", () => {
  const states: readonly ConsentState[] = [
    ...(["invited", "given", "declined", "paused", "left", "ended", "erased"] as const),
  ];
  const state = fc.constantFrom(...states);
  fc.assert(
    fc.property(state, state, fc.boolean(), fc.boolean(), (own, other, onHold, stopped) => {
      const verdict = judged("lesson", {
        consents: [consentOf({ state: own }), { ...partner, state: other }],
        onHold,
        ...(stopped ? { suppression: { address: "a1", stop: { at: NOW, lifted: false } } } : {}),
      });
      if (verdict === "allowed") expect([own, onHold, stopped]).toEqual(["given", false, false]);
    }),
  );
});
