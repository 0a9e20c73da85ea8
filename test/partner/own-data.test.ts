import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvOf } from "../../functions/adapters/csv.ts";
import { partnerApp } from "../../functions/partner/app.tsx";
import { ownData } from "../../functions/partner/own-data.ts";
import { openSession, requestPartnerSignIn } from "../../functions/partner/sign-in.ts";
import { stopAddress } from "../../functions/partner/stop-address.ts";
import { site } from "../browser/example-views.ts";
import { createInbox, mailTo, replyTo } from "../support/replies.ts";
import type { TestService } from "../support/service.ts";
import { actOf, mailsTo, read, running } from "../support/stories.ts";

const ADA = "ada@harbor.example";
const BEN = "ben@police.example";
const SITE = "https://common-ground.example";

/** Ada asks for a link, follows it, and is signed in; she has had a lesson and answered it. */
async function signedIn(
  before: (service: TestService, pairId: string) => Promise<void> = async () => {},
) {
  const { service, pair } = await running();
  await service.advanceTo("2026-10-06T20:00:00.000Z");
  await replyTo(service, createInbox(), mailTo(service, ADA, /lesson-01/), { body: "DONE" });
  await before(service, pair.id);
  await requestPartnerSignIn(service.ports, ADA);
  await service.drain();
  const text = Buffer.from(mailTo(service, ADA, /sign-in/).raw)
    .toString("utf8")
    .replace(/=\r\n/g, "");
  const token = /sign-in\/open\/([\w.-]+)/.exec(text)?.[1] ?? "";
  const claims = service.ports.signer.verify(token, "sign-in");
  const secret = claims && (await openSession(service.ports, claims));
  const app = partnerApp(service.ports, site);
  const headers = { cookie: `__Host-partner=${secret}` };
  const get = async (path: string) => app.request(`${SITE}${path}`, { headers });
  const press = async (act: string) =>
    app.request(`${SITE}/partner`, { method: "POST", headers, body: new URLSearchParams({ act }) });
  return { service, pair, get, press, holder: { pairId: pair.id, seat: "sp", holder: 1 } as const };
}

describe("erasing on the own page", () => {
  test("asks once more, and the first press changes nothing", async () => {
    const { service, pair, press } = await signedIn();
    const page = await (await press("erase")).text();
    expect(page).toContain("Erase your data?");
    expect(page).toContain('value="erase-now"');
    expect((await read(service, pair.id)).seats.sp.email).toBe(ADA);
  });

  test("erases at the second press, tells the partner that the seat is open, and signs out", async () => {
    const { service, pair, get, press } = await signedIn();
    const page = await press("erase-now");
    await service.drain();
    expect(await page.text()).toContain("Your data is erased");
    expect((await read(service, pair.id)).seats.sp).toMatchObject({ name: "", email: "" });
    expect(mailsTo(service, BEN).at(-1)).toBe("notice-seat-open le1");
    expect((await get("/partner")).status).toBe(401);
    expect((await press("erase-now")).status).toBe(401);
  });

  test("works for somebody who has stopped all mail, by a link they ask for", async () => {
    const stopped = await signedIn((service, pairId) =>
      stopAddress(service.ports, { pairId, seat: "sp", holder: 1 }, actOf(service)).then(
        () => undefined,
      ),
    );
    expect(await (await stopped.get("/partner")).text()).toContain("Erase my data");
    expect((await stopped.press("erase-now")).status).toBe(200);
    expect((await read(stopped.service, stopped.pair.id)).seats.sp.email).toBe("");
  });
});

describe("the download of one's own data", () => {
  test("is a table with what is stored about oneself, and what both logged", async () => {
    const { get } = await signedIn();
    const response = await get("/partner/data");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const text = await response.text();
    expect(text).toMatch(/^"about","what","day"\r\n"you","name: Ada Provider",""\r\n/);
    expect(text).toContain(`"you","address: ${ADA}",""\r\n`);
    expect(text).toContain('"consent","given","2026-10-05"\r\n');
    expect(text).toMatch(/"logged","[^"]+ \(by sp\)","2026-10-06"\r\n/);
    expect(text).toContain('"mail","lesson-01: sent","2026-10-06"\r\n');
  });

  test("holds nothing about the partner but that", async () => {
    const { service, holder } = await signedIn();
    const lines = JSON.stringify(await ownData(service.ports, holder));
    expect(lines).not.toMatch(/ben@|Ben Officer|City Police/);
  });

  test("is there only for who is signed in, and not after an erasure", async () => {
    const { service, holder, press } = await signedIn();
    const app = partnerApp(service.ports, site);
    expect((await app.request(`${SITE}/partner/data`)).status).toBe(303);
    await press("erase-now");
    expect(await ownData(service.ports, holder)).toBeUndefined();
  });
});

describe("a table for a table program", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1"])(
    "never holds %j as a formula",
    (cell) => {
      expect(csvOf(["a"], [[cell]])).toBe(`"a"\r\n"'${cell}"\r\n`);
    },
  );

  test("gives every cell back as it was, but for the apostrophe", () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', ",", "\r\n", '","', "a\nb"));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const [, ...read] = parseCsv(csvOf(["one", "two"], rows));
        const unlike = rows.flatMap((row, index) =>
          row.filter((text, place) => ![text, `'${text}`].includes(read[index]?.[place] ?? "")),
        );
        expect([read.length, unlike]).toEqual([rows.length, []]);
      }),
    );
  });
});

/** Reads RFC 4180 with every cell in quotes, as another program would. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, cell = "", end] of cells) {
    rows.at(-1)?.push(cell.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}
