import { beforeEach, expect, test } from "vitest";
import { FAREWELL } from "../../functions/core/allowed.ts";
import type { Send } from "../../functions/core/send.ts";
import { findRecipient } from "../../functions/send/find-recipient.ts";
import { sendOf } from "../support/builders.ts";
import type { TestService } from "../support/service.ts";
import { running } from "../support/stories.ts";

const WRITER = "ada@private.example";
let service: TestService;
let owner: string;

beforeEach(async () => {
  const story = await running();
  service = story.service;
  owner = story.pair.id;
});

function recipientOf(changes: Partial<Send>, writer?: string) {
  return findRecipient(service.ports, sendOf({ owner, ...changes }), writer);
}

test("mail goes to the holder whose number it carries, wherever an answer was written from", async () => {
  expect(await recipientOf({})).toMatchObject({ email: "ada@harbor.example" });
  expect(await recipientOf({}, WRITER)).toMatchObject({ email: "ada@harbor.example" });
  expect(await recipientOf({ holder: 2 })).toBeUndefined();
});

test("somebody whom we have forgotten is answered once, where they wrote from, and sent nothing else", async () => {
  const farewell = { holder: 2, kind: "receipt", mail: FAREWELL } as const;
  expect(await recipientOf(farewell, WRITER)).toMatchObject({ email: WRITER });
  expect(await recipientOf(farewell)).toBeUndefined();
  expect(await recipientOf({ holder: 2 }, WRITER)).toBeUndefined();
});

test("a coordinator's place that the settings do not have any more gets nothing", async () => {
  const seat = "coordinator";
  expect(await recipientOf({ seat })).toMatchObject({ email: "coordinator@common-ground.example" });
  expect(await recipientOf({ seat, holder: 9 })).toBeUndefined();
});
