import { describe, expect, test } from "vitest";
import { hashOfSecret } from "../../functions/adapters/session-cookie.ts";
import { coordinatorApp } from "../../functions/coordinator/app.tsx";
import { createTestService, type TestService } from "../support/service.ts";
import { afterFirstLesson, tell } from "../support/ses-events.ts";
import { read, START } from "../support/stories.ts";

const SITE = { helpEmail: "help@county.example", sender: "hello@common-ground.example" };

/** The coordinator's pages over a service, with a session that is open. */
async function signedIn(given?: TestService, cohort = "demo") {
  const service = given ?? (await createTestService(START));
  const secret = "a secret that the cookie holds";
  await service.ports.sessions.open({
    idHash: hashOfSecret(secret),
    who: { kind: "coordinator", cohort, address: "0123456789abcdef" },
    openedAt: service.now(),
    usedAt: service.now(),
  });
  const app = coordinatorApp(service.ports, SITE);
  const cookie = `__Host-coordinator=${encodeURIComponent(secret)}`;
  const ask = (path: string, form?: Readonly<Record<string, string>>, headers = { cookie }) =>
    app.request(`https://common-ground.example${path}`, {
      headers,
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
  return { service, ask };
}

describe("while lessons are paused for everybody", () => {
  async function paused() {
    const story = await signedIn();
    await story.service.ports.valve.change(() => ({ shut: { at: START, why: "complaint" } }));
    return story;
  }

  test("the list says so, and its button lets them go out again", async () => {
    const { service, ask } = await paused();
    expect(await (await ask("/coordinator")).text()).toContain("Lessons are paused for everybody");
    const pressed = await ask("/coordinator", { act: "resume" });
    expect([pressed.status, pressed.headers.get("location")]).toEqual([303, "/coordinator"]);
    expect((await service.ports.valve.read()).shut).toBeUndefined();
    expect(await (await ask("/coordinator")).text()).not.toContain("Lessons are paused");
  });

  test("nobody resumes without a session", async () => {
    const { service, ask } = await paused();
    await ask("/coordinator", { act: "resume" }, { cookie: "__Host-coordinator=wrong" });
    expect((await service.ports.valve.read()).shut).toBeDefined();
  });
});

test("signing out ends the session and resumes nothing", async () => {
  const { service, ask } = await signedIn();
  await service.ports.valve.change(() => ({ shut: { at: START, why: "bounce" } }));
  await ask("/coordinator", { act: "sign-out" });
  expect((await service.ports.valve.read()).shut).toBeDefined();
  expect((await ask("/coordinator")).status).toBe(401);
});

describe("a seat that mail does not reach", () => {
  async function lost(cohort?: string) {
    const { service, pair, lesson } = await afterFirstLesson();
    await tell(service, lesson, "Bounce");
    const { ask } = await signedIn(service, cohort);
    const seatState = async () => (await read(service, pair.id)).seats.sp.state.kind;
    return { ask, seatState, path: `/coordinator/pairs/${pair.id}` };
  }

  test("is written to again once the coordinator presses the button", async () => {
    const { ask, seatState, path } = await lost();
    expect(await (await ask(path)).text()).toContain("The address works again");
    const pressed = await ask(path, { act: "reach", seat: "sp" });
    expect([pressed.status, pressed.headers.get("location")]).toEqual([
      303,
      `${path}?done=reached`,
    ]);
    expect(await seatState()).toBe("present");
  });

  test("stays as it is for a coordinator of another group, and for a form that names no seat", async () => {
    const foreign = await lost("reviewed");
    expect((await foreign.ask(foreign.path, { act: "reach", seat: "sp" })).status).toBe(404);
    expect(await foreign.seatState()).toBe("unreachable");
    const own = await lost();
    await own.ask(own.path, { act: "reach", seat: "both" });
    expect(await own.seatState()).toBe("unreachable");
  });
});
