import { expect, test } from "vitest";
import { viewPair } from "../../functions/coordinator/roster.ts";
import { SLIPS_KNOWN } from "../../functions/core/slips.ts";
import { ownData } from "../../functions/partner/own-data.ts";
import { viewOwnPage } from "../../functions/partner/own-page.ts";
import { createInbox, mailTo, type ReplyMail, replyTo } from "../support/replies.ts";
import { read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const SLIP = "DONE, met with client Maria Lopez, case 23-1104";

async function afterFirstLesson() {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T16:00:00.000Z");
  const inbox = createInbox();
  const reply = (mail: ReplyMail, ports = service.ports) =>
    replyTo(service, inbox, mailTo(service, ADA, /lesson-01/), mail, ports);
  const seen = async () => (await viewPair(service.ports, pair.cohort, pair.id))?.slips;
  const lines = () => service.log.filter((line) => line.startsWith("receive.details"));
  return { service, pair, reply, seen, lines };
}

test("replies with details are counted for the coordinator, and in the log", async () => {
  const { reply, seen, lines } = await afterFirstLesson();
  expect(await seen()).toBe(0);
  await reply({ body: SLIP });
  await reply({ body: "DONE" });
  await reply({ body: "What do we do about client Maria Lopez, born 3/4/2009?" });
  expect(await seen()).toBe(2);
  expect(lines()).toHaveLength(2);
});

test("a letter that is delivered twice counts once", async () => {
  const { reply, seen, lines } = await afterFirstLesson();
  const mail = { body: SLIP, messageId: "one@mail.example" };
  await Promise.all([reply(mail), reply(mail)]);
  await reply(mail);
  expect(await seen()).toBe(1);
  expect(lines()).toHaveLength(1);
});

test("a letter that is read again after a crash counts once", async () => {
  const { service, reply, seen, lines } = await afterFirstLesson();
  const mail = { body: SLIP, messageId: "one@mail.example" };
  const rememberReply = async () => {
    throw new Error("the process ends here");
  };
  const dying = { ...service.ports, pairs: { ...service.ports.pairs, rememberReply } };
  await expect(reply(mail, dying)).rejects.toThrow("ends here");
  await reply(mail);
  expect(await seen()).toBe(1);
  expect(lines()).toHaveLength(1);
});

test("what somebody else writes is none of the pair's slips, though their STOP is heard", async () => {
  const { reply, seen } = await afterFirstLesson();
  await reply({ body: SLIP, from: "wanderer@elsewhere.example" });
  await reply({ body: `STOP\n\n${SLIP}`, from: "wanderer@elsewhere.example" });
  expect(await seen()).toBe(0);
});

test("the number goes on when more letters came than are known by their ids", async () => {
  const { service, pair, reply, seen } = await afterFirstLesson();
  for (let letter = 0; letter < SLIPS_KNOWN + 2; letter += 1) await reply({ body: SLIP });
  expect(await seen()).toBe(SLIPS_KNOWN + 2);
  expect((await read(service, pair.id)).slips?.known).toHaveLength(SLIPS_KNOWN);
});

test("neither partner's page nor what they can download tells of it", async () => {
  const { service, pair, reply } = await afterFirstLesson();
  const shown = async () => {
    const holders = (["sp", "le"] as const).map((seat) => ({ pairId: pair.id, seat, holder: 1 }));
    return Promise.all(
      holders.map(async (holder) => ({
        page: await viewOwnPage(service.ports, holder),
        data: (await ownData(service.ports, holder))?.filter(({ about }) => about === "pair"),
      })),
    );
  };
  await reply({ body: "DONE" });
  const before = await shown();
  await reply({ body: "What about client Maria Lopez, case 23-1104?" });
  expect(await shown()).toEqual(before);
});
