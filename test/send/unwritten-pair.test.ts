import { expect, test } from "vitest";
import { type Instant, plusMinutes, plusMs } from "../../functions/core/instant.ts";
import type { SendKey } from "../../functions/core/send.ts";
import { enrollPair } from "../../functions/enroll/enroll-pair.ts";
import type { Ports } from "../../functions/ports.ts";
import { sendMail } from "../../functions/send/send-mail.ts";
import { sendOf } from "../support/builders.ts";
import { createTestService, signUpOf, type TestService } from "../support/service.ts";
import { mailsOf, START } from "../support/stories.ts";

/** A sign-up writes its invitation before its pair, so a sender may find the one without the other. */
function send(service: TestService, key: SendKey, now: Instant = service.now()) {
  const clock = { now: () => now };
  return sendMail({ ...service.ports, clock, timeLeftMs: () => 60_000 }, key);
}

test("an invitation that is found before its pair is written waits for it instead of being lost", async () => {
  const service = await createTestService(START);
  const key = { owner: "", item: "invitation", seat: "sp", holder: 1 } as const;
  const outcomes: string[] = [];
  const slow = {
    ...service.ports,
    pairs: {
      ...service.ports.pairs,
      create: async (pair: Parameters<Ports["pairs"]["create"]>[0]) => {
        outcomes.push(await send(service, { ...key, owner: pair.id }));
        return service.ports.pairs.create(pair);
      },
    },
  };
  await enrollPair(slow, signUpOf(), "198.51.100.7");
  expect(outcomes).toEqual(["postponed"]);
  await service.advanceTo(plusMinutes(START, 5));
  expect(mailsOf(service)).toEqual(["invitation sp1"]);
});

test("an invitation whose pair was never written is stopped after ten minutes, not tried for ever", async () => {
  const service = await createTestService(START);
  const planned = sendOf({
    ...{ item: "invitation", mail: "invitation", kind: "invitation" },
    ...{ plannedAt: START, plannedFor: START, dueAt: START },
  });
  await service.ports.ledger.plan(planned);
  expect(await send(service, planned, plusMs(plusMinutes(START, 10), -1))).toBe("postponed");
  expect(await send(service, planned, plusMinutes(START, 20))).toBe("stopped");
  expect(await service.ports.ledger.read(planned)).toMatchObject({ state: "stopped" });
});
