import { expect, inject, test } from "vitest";
import { GAPS } from "./gaps.ts";
import { openStage } from "./stage.ts";

const stage = openStage(inject("stage"));

test.each(GAPS)("the emulator still lacks $lacks", async ({ isStillThere, instead }) => {
  expect(await isStillThere(stage), `Not needed any more: ${instead}`).toBe(true);
});
