import { describe, expect, test } from "vitest";
import { hashOfSecret } from "../../functions/adapters/session-cookie.ts";
import { coordinatorApp } from "../../functions/coordinator/app.tsx";
import { createTestService } from "../support/service.ts";
import { START } from "../support/stories.ts";

const SITE = { helpEmail: "help@county.example", sender: "hello@common-ground.example" };

/** The coordinator's pages over a service, with a session that is open. */
async function signedIn() {
  const service = await createTestService(START);
  const secret = "a secret that the cookie holds";
  await service.ports.sessions.open({
    idHash: hashOfSecret(secret),
    who: { kind: "coordinator", cohort: "demo", address: "0123456789abcdef" },
    openedAt: START,
    usedAt: START,
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
