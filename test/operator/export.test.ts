import { describe, expect, test } from "vitest";
import type { ActionKind } from "../../functions/core/action.ts";
import { cg, factsIn } from "../support/operator.ts";
import type { TestService } from "../support/service.ts";
import { running, sayYes, signUp } from "../support/stories.ts";

/** That many pairs of one cohort, all started, and what the first so many of them logged. */
async function cohortOf(count: number, logged: Readonly<Partial<Record<ActionKind, number>>> = {}) {
  const { service, pair } = await running();
  const ids = [pair.id];
  for (let index = 1; index < count; index += 1) {
    const others = { email: `a${index}@harbor.example`, partnerEmail: `b${index}@police.example` };
    const next = await signUp(service, others);
    await sayYes(service, next, "sp");
    await sayYes(service, next, "le");
    ids.push(next.id);
  }
  for (const [kind, times = 0] of Object.entries(logged)) {
    for (const id of ids.slice(0, times)) await log(service, id, kind as ActionKind);
  }
  return { service, pair };
}

async function log(service: TestService, pairId: string, kind: ActionKind): Promise<void> {
  await service.ports.pairs.appendLog(pairId, {
    kind,
    on: "2026-10-06",
    assumed: false,
    seat: "sp",
    holder: 1,
    source: `${kind.length}0000000000000a`.slice(0, 16),
    reportedAt: service.now(),
  });
}

describe("a cohort's report", () => {
  test("is refused where it would count fewer than five pairs", async () => {
    const { service } = await cohortOf(4);
    const { code, err, out } = await cg(service.ports, ["export", "demo"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^demo has fewer than 5 pairs\./);
  });

  test("counts, names nobody, and says few for one to four", async () => {
    const { service } = await cohortOf(6, { "meet-informally": 5, "role-map": 2 });
    const { out } = await cg(service.ports, ["export", "demo"]);
    expect(out).toMatch(
      /^"group","what","pairs"\r\n"pairs","signed up","6"\r\n"pairs","started","6"\r\n/,
    );
    expect(out).toContain('"logged","meet-informally","5"\r\n');
    expect(out).toContain('"logged","role-map","few"\r\n');
    expect(out).toContain('"logged","debrief","0"\r\n');
    expect(out).toContain('"agreement","undecided","6"\r\n');
    expect(out).not.toMatch(/@|Ada|Ben|[a-z2-7]{16}/);
  });

  test("counts the two talks that belong to a pair together, and names neither", async () => {
    const { service } = await cohortOf(5, { "tension-preview": 5, "repair-conversation": 3 });
    const { out } = await cg(service.ports, ["export", "demo"]);
    expect(out).toContain('"logged","talks between them","5"\r\n');
    expect(out).not.toMatch(/tension|repair/);
  });

  test("goes into a file", async () => {
    const { service } = await cohortOf(5);
    const seen = await cg(service.ports, ["export", "demo", "--out", "demo.csv"]);
    expect(seen.out).toBe("Written to demo.csv.\n");
    expect(seen.files["demo.csv"]).toMatch(/^"group"/);
  });
});

describe("one pair's table", () => {
  test("says how it stands and what was sent, without names or the pair's own talks", async () => {
    const { service, pair } = await cohortOf(1, { "intro-call": 1, "tension-preview": 1 });
    await service.advanceTo("2026-10-06T20:00:00.000Z");
    const { out } = await cg(service.ports, ["export", pair.id]);
    expect(out).toContain('"pair","state: running",""\r\n');
    expect(out).toMatch(/"logged","[^"]+","2026-10-06"\r\n/);
    expect(out).toContain('"logged","talks between them: 1",""\r\n');
    expect(out).toContain('"mail","lesson 1 to law_enforcement: sent","2026-10-06"\r\n');
    expect(out).not.toMatch(/@|Ada|Ben|tension/);
  });

  test("with a seat it is what is stored about whoever sits there", async () => {
    const { service, pair } = await cohortOf(1);
    const { out } = await cg(service.ports, ["export", pair.id, "le"]);
    expect(out).toContain('"you","name: Ben Officer",""\r\n');
    expect(out).not.toMatch(/Ada|harbor/i);
    const facts = factsIn(await cg(service.ports, ["export", pair.id, "le", "--json"]));
    expect(facts).toMatchObject({ pair: pair.id, seat: "le" });
  });

  test("what is neither a cohort nor a pair is refused with what there is", async () => {
    const { service } = await cohortOf(1);
    const { err } = await cg(service.ports, ["export", "elsewhere"]);
    expect(err).toMatch(/^elsewhere is neither a cohort nor a pair\. Cohorts: demo, reviewed\./);
  });
});
