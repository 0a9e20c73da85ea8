import { expect, test } from "vitest";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import { cg } from "../support/operator.ts";
import { mailTo } from "../support/replies.ts";
import { read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";

/** Ada's welcome bounced for good; SES has put her address on its own list too. */
async function bounced() {
  const { service, pair } = await running();
  const { sesId, sendId } = mailTo(service, ADA, /welcome/);
  const at = service.now();
  await settleEvent(service.ports, { type: "hard-bounce", sesId, sendId, at, sentAt: at });
  await service.drain();
  const removed: string[] = [];
  const sesSuppressions = { remove: async (email: string) => void removed.push(email) };
  await service.advanceTo("2026-10-06T12:00:00.000Z");
  return { service, pair, removed, ports: { ...service.ports, sesSuppressions } };
}

test("a bounce is lifted on both lists in one act, after a yes, and the seat is present again", async () => {
  const { service, pair, removed, ports } = await bounced();
  expect((await read(service, pair.id)).seats.sp.state.kind).toBe("unreachable");
  const no = await cg(ports, ["unsuppress", pair.id, "sp"], "no");
  expect(no.asked[0]).toMatch(/Does the mailbox work, and does its owner want it\?/);
  expect(removed).toEqual([]);
  const { out } = await cg(ports, ["unsuppress", pair.id, "sp"], "yes");
  expect(out).toBe("Lifted on both lists. The seat sp is present.\n");
  expect(removed).toEqual([ADA]);
  const address = service.ports.signer.hashAddress(ADA);
  expect((await service.ports.ledger.suppression(address))?.bounce).toMatchObject({ lifted: true });
});

test("a stop is its owner's, so it is refused and stays", async () => {
  const { service, pair } = await running();
  const address = service.ports.signer.hashAddress(ADA);
  await service.ports.ledger.suppress(address, "stop", { at: service.now(), lifted: false });
  const { code, err } = await cg(service.ports, ["unsuppress", pair.id, "sp", "--yes"]);
  expect(code).toBe(1);
  expect(err).toMatch(/A stop can be lifted by its owner alone/);
  expect((await service.ports.ledger.suppression(address))?.stop).toMatchObject({ lifted: false });
});

test("erasing somebody whose mail bounced takes them off SES's own list as well", async () => {
  const { removed, ports } = await bounced();
  const { out } = await cg(ports, ["erase", ADA, "--yes"]);
  expect(removed).toEqual([ADA]);
  expect(out).toMatch(/taken off SES's own list +1\n/);
  expect(out).toMatch(/kept: suppression of the address +1/);
});
