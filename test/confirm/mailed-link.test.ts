import { describe, expect, test } from "vitest";
import { readToken } from "../../functions/adapters/link-token.ts";
import { PATHS } from "../../functions/adapters/page-paths.ts";
import { createSigner } from "../../functions/adapters/signed-link.ts";
import { plusDays } from "../../functions/core/instant.ts";
import type { LinkPurpose } from "../../functions/ports.ts";
import { mailTo } from "../support/replies.ts";
import type { TestService } from "../support/service.ts";
import { invited, running, START, signedUp } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";

/** The token in the link to the confirm page of the newest invitation or reminder to this address. */
function tokenIn(service: TestService, address: string, item = /invitation|reminder/): string {
  const { raw } = mailTo(service, address, item);
  const text = Buffer.from(raw).toString("latin1").replaceAll("=\r\n", "").replaceAll("=3D", "=");
  const path = new RegExp(`${PATHS.confirm}/([A-Za-z0-9_-]+)`);
  const token = path.exec(text)?.[1];
  if (token === undefined) throw new Error("an invitation has a link");
  return token;
}

function readAs(service: TestService, token: string, purpose: LinkPurpose = "confirm") {
  return readToken(service.ports, token, purpose);
}

describe("the link of an invitation", () => {
  test("names the pair, the seat and the holder", async () => {
    const { service, pair } = await invited();
    expect(readAs(service, tokenIn(service, BEN))).toMatchObject({
      kind: "good",
      claims: { owner: pair.id, seat: "le", holder: 1 },
    });
  });

  test("of the signer works for 14 days, of the partner for 30", async () => {
    const { service } = await signedUp();
    const signers = tokenIn(service, ADA);
    await service.advanceTo(plusDays(START, 13));
    expect(readAs(service, signers).kind).toBe("good");
    await service.advanceTo(plusDays(START, 14));
    expect(readAs(service, signers).kind).toBe("expired");
    const other = await invited();
    const partners = tokenIn(other.service, BEN);
    await other.service.advanceTo(plusDays(START, 29));
    expect(readAs(other.service, partners).kind).toBe("good");
    await other.service.advanceTo(plusDays(START, 30));
    expect(readAs(other.service, partners).kind).toBe("expired");
  });

  test("in the reminder ends on the same day as the first one", async () => {
    const { service } = await signedUp();
    await service.advanceTo(plusDays(START, 5));
    const reminder = tokenIn(service, ADA, /reminder/);
    expect(readAs(service, reminder).kind).toBe("good");
    await service.advanceTo(plusDays(START, 14));
    expect(readAs(service, reminder).kind).toBe("expired");
  });

  test("altered anywhere, cut short, or signed by somebody else, is broken", async () => {
    const { service } = await invited();
    const token = tokenIn(service, BEN);
    for (let place = 0; place < token.length; place += 1) {
      const other = token[place] === "A" ? "B" : "A";
      const altered = token.slice(0, place) + other + token.slice(place + 1);
      expect(readAs(service, altered).kind).toBe("broken");
    }
    expect(readAs(service, token.slice(0, -1)).kind).toBe("broken");
    expect(readAs(service, "").kind).toBe("broken");
    const foreign = createSigner({ signing: [{ id: 1, secret: "another" }], address: "another" });
    const claims = service.ports.signer.verify(token, "confirm");
    if (claims === undefined) throw new Error("the mailed token is good");
    expect(readAs(service, foreign.sign(claims)).kind).toBe("broken");
  });

  test("opens nothing but the confirm page", async () => {
    const { service } = await invited();
    const token = tokenIn(service, BEN);
    for (const purpose of ["approve", "weak", "unsubscribe", "sign-in"] as const) {
      expect(readAs(service, token, purpose).kind).toBe("broken");
    }
  });

  test("stays good after it was used, so that a scanner that opened it first spoils nothing", async () => {
    const { service } = await running();
    expect(readAs(service, tokenIn(service, BEN)).kind).toBe("good");
  });
});
