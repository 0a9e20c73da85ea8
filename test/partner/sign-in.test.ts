import { describe, expect, test } from "vitest";
import { acceptSeat, nameSuccessor } from "../../functions/core/handover.ts";
import { plusHours, plusMinutes } from "../../functions/core/instant.ts";
import {
  closeSession,
  openSession,
  readSession,
  requestCoordinatorSignIn,
  requestPartnerSignIn,
  SESSION_HOURS,
  SESSION_IDLE_MINUTES,
} from "../../functions/partner/sign-in.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import type { LinkClaims } from "../../functions/ports.ts";
import { changePair } from "../../functions/schedule/change-pair.ts";
import type { TestService } from "../support/service.ts";
import { actOf, mailsTo, running, START, sayYes, signUp } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const COORDINATOR = "coordinator@common-ground.example";

/** What the link in the newest sign-in mail to this address is signed over. */
function claimsFor(service: TestService, address: string): LinkClaims {
  const mail = service.mails.filter(({ to }) => to === address).at(-1);
  const text = Buffer.from(mail?.raw ?? "")
    .toString("latin1")
    .replaceAll("=\r\n", "");
  const token = /\/(?:open|sign-in)[a-z/-]*\/([A-Za-z0-9_-]{40,})/.exec(text)?.[1] ?? "";
  const claims = service.ports.signer.verify(token, "sign-in");
  if (claims === undefined) throw new Error("the mail holds a sign-in link");
  return claims;
}

async function asked() {
  const { service, pair } = await running();
  await requestPartnerSignIn(service.ports, ADA);
  await service.drain();
  return { service, pair, claims: claimsFor(service, ADA) };
}

/** A signed-in partner, and the value of their cookie. */
async function signedIn() {
  const { service, pair, claims } = await asked();
  const secret = await openSession(service.ports, claims);
  if (secret === undefined) throw new Error("a fresh link opens a session");
  return { service, pair, claims, secret };
}

describe("asking for a sign-in link", () => {
  test("mails one to the seat's own address, and to nobody else", async () => {
    const { service } = await asked();
    expect(mailsTo(service, ADA).at(-1)).toBe("sign-in sp1");
    expect(service.mails.at(-1)?.to).toBe(ADA);
  });

  test("says and sends nothing for an address that has no seat", async () => {
    const { service } = await running();
    const before = service.mails.length;
    await requestPartnerSignIn(service.ports, "nobody@harbor.example");
    await service.drain();
    expect(service.mails).toHaveLength(before);
  });

  test("mails one for each seat the person holds", async () => {
    const { service } = await running();
    const other = await signUp(service, { partnerEmail: "dana@police.example" });
    await sayYes(service, other, "sp");
    await requestPartnerSignIn(service.ports, ADA);
    await service.drain();
    expect(mailsTo(service, ADA).filter((mail) => mail === "sign-in sp1")).toHaveLength(2);
  });

  test("brings at most five links an hour to one address", async () => {
    const { service } = await running();
    for (let times = 0; times < 8; times += 1) await requestPartnerSignIn(service.ports, ADA);
    await service.drain();
    expect(mailsTo(service, ADA).filter((mail) => mail === "sign-in sp1")).toHaveLength(5);
  });

  test("works after a stop, for whoever wants what is kept to be erased", async () => {
    const { service, pair } = await running();
    await stopAddress(service.ports, { pairId: pair.id, seat: "sp", holder: 1 }, actOf(service));
    await requestPartnerSignIn(service.ports, ADA);
    await service.drain();
    expect(mailsTo(service, ADA).at(-1)).toBe("sign-in sp1");
  });

  test("mails a coordinator one for each group that names the address, and a partner none of these", async () => {
    const { service } = await running();
    await requestCoordinatorSignIn(service.ports, COORDINATOR);
    await requestCoordinatorSignIn(service.ports, ADA);
    await service.drain();
    expect(mailsTo(service, COORDINATOR)).toEqual(["sign-in coordinator1", "sign-in coordinator1"]);
    expect(mailsTo(service, ADA)).not.toContain("sign-in coordinator1");
  });
});

describe("a sign-in link", () => {
  test("opens one session, once", async () => {
    const { service, claims } = await signedIn();
    expect(await openSession(service.ports, claims)).toBeUndefined();
  });

  test("opens one session even when it is pressed twice in the same second", async () => {
    const { service, claims } = await asked();
    const both = await Promise.all([
      openSession(service.ports, claims),
      openSession(service.ports, claims),
    ]);
    expect(both.filter((secret) => secret !== undefined)).toHaveLength(1);
  });

  test("works for sixty minutes", async () => {
    for (const [minutes, opens] of [
      [59, true],
      [60, false],
    ] as const) {
      const { service, claims } = await asked();
      await service.advanceTo(plusMinutes(START, minutes));
      expect((await openSession(service.ports, claims)) !== undefined).toBe(opens);
    }
  });

  test("of the leaver opens nothing after the seat changed hands", async () => {
    const { service, pair, claims } = await asked();
    const cara = { name: "Cara", email: "cara@harbor.example", agency: "Harbor House" };
    await changePair(service.ports, pair.id, (stored) =>
      nameSuccessor(stored, "sp", cara, actOf(service)),
    );
    await changePair(service.ports, pair.id, (stored) =>
      acceptSeat(stored, "sp", 2, actOf(service)),
    );
    expect(await openSession(service.ports, claims)).toBeUndefined();
  });

  test("of a coordinator opens their own group's list", async () => {
    const { service } = await running();
    await requestCoordinatorSignIn(service.ports, COORDINATOR);
    await service.drain();
    const secret = await openSession(service.ports, claimsFor(service, COORDINATOR));
    const session = await readSession(service.ports, secret ?? "");
    expect(session?.who).toMatchObject({ kind: "coordinator", cohort: "reviewed" });
  });
});

describe("a session", () => {
  test("knows the seat and its holder", async () => {
    const { service, pair, secret } = await signedIn();
    expect((await readSession(service.ports, secret))?.who).toEqual({
      kind: "partner",
      pairId: pair.id,
      seat: "sp",
      holder: 1,
    });
  });

  test("ends after half an hour without a click; a click in time keeps it open", async () => {
    const { service, secret } = await signedIn();
    await service.advanceTo(plusMinutes(START, SESSION_IDLE_MINUTES - 1));
    expect(await readSession(service.ports, secret)).toBeDefined();
    await service.advanceTo(plusMinutes(START, 2 * SESSION_IDLE_MINUTES - 2));
    expect(await readSession(service.ports, secret)).toBeDefined();
    await service.advanceTo(plusMinutes(START, 3 * SESSION_IDLE_MINUTES - 2));
    expect(await readSession(service.ports, secret)).toBeUndefined();
  });

  test("ends after twelve hours, however busy", async () => {
    const { service, secret } = await signedIn();
    const clicks = [];
    for (let minutes = 20; minutes <= SESSION_HOURS * 60; minutes += 20) {
      await service.advanceTo(plusMinutes(START, minutes));
      clicks.push((await readSession(service.ports, secret)) !== undefined);
    }
    expect(clicks.slice(0, -1)).not.toContain(false);
    expect(clicks.at(-1)).toBe(false);
  });

  test("ends with a sign-out, and cannot be opened by a guess", async () => {
    const { service, secret } = await signedIn();
    expect(await readSession(service.ports, `${secret}a`)).toBeUndefined();
    await closeSession(service.ports, secret);
    expect(await readSession(service.ports, secret)).toBeUndefined();
  });

  test("is stored without the cookie's value", async () => {
    const { service, secret } = await signedIn();
    expect(await service.ports.sessions.read(secret)).toBeUndefined();
    await service.advanceTo(plusHours(START, 1));
    expect(service.log.join("\n")).not.toContain(secret);
  });
});
