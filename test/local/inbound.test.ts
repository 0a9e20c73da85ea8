import { describe, expect, test } from "vitest";
import { parseMime } from "../../functions/receive/mime-parse.ts";
import { fakeService, START } from "./fake-service.ts";

const REPLY_TO = "r-abc234@reply.common-ground.example";

function rawMail(headers: readonly string[] = [], body = "Done"): Uint8Array {
  const lines = ["From: Ada <ada@harbor.example>", "Message-ID: <1@harbor.example>", ...headers];
  return Buffer.from([...lines, "", body, ""].join("\r\n"));
}

describe("the inbound door", () => {
  test("stores the mail, then tells the reader who sent it and to whom", async () => {
    const { door, steps, archive } = fakeService();
    const reception = await door.receive({ raw: rawMail([`To: <${REPLY_TO}>`]) });
    expect(reception).toMatchObject({ kind: "accepted" });
    const [notice] = steps.notices;
    expect(notice).toEqual({
      messageId: notice?.messageId,
      timestamp: START,
      sender: "ada@harbor.example",
      recipients: [REPLY_TO],
      verdicts: { spf: "PASS", dkim: "PASS", dmarc: "PASS", spam: "PASS", virus: "PASS" },
    });
    const stored = await archive.read(notice?.messageId ?? "");
    expect(Buffer.from(stored ?? "").toString()).toContain("\r\n\r\nDone\r\n");
  });

  test("writes above the mail what SES would, and leaves the mail itself alone", async () => {
    const { door, steps, archive } = fakeService();
    const raw = rawMail([`To: ${REPLY_TO}`], "Dóne");
    await door.receive({ raw, verdicts: { dkim: "gray" } });
    const stored = Buffer.from((await archive.read(steps.notices[0]?.messageId ?? "")) ?? "");
    expect(stored.subarray(stored.length - raw.length)).toEqual(Buffer.from(raw));
    const { headers, from, text } = parseMime(stored);
    expect(headers.first("return-path")).toBe("<ada@harbor.example>");
    expect(headers.first("received")).toContain(`for ${REPLY_TO};`);
    expect(headers.first("x-ses-virus-verdict")).toBe("PASS");
    expect(headers.first("authentication-results")).toBe(
      "amazonses.com; spf=pass; dkim=none; dmarc=pass;",
    );
    expect({ from, text: text.trim() }).toEqual({ from: "ada@harbor.example", text: "Dóne" });
  });

  test.each([
    ["To", `To: ${REPLY_TO}`],
    ["Cc", `Cc: Somebody <x@y.example>, ${REPLY_TO}`],
    ["Delivered-To", `Delivered-To: ${REPLY_TO}`],
    ["a folded To", `To: Common Ground\r\n <${REPLY_TO}>`],
    ["upper case", `To: ${REPLY_TO.toUpperCase()}`],
  ])("finds the reply address in %s", async (_name, header) => {
    const { door, steps } = fakeService();
    await door.receive({ raw: rawMail([header]) });
    expect(steps.notices[0]?.recipients).toEqual([REPLY_TO]);
  });

  test("takes the envelope's recipients before those of the headers", async () => {
    const { door, steps } = fakeService();
    await door.receive({ raw: rawMail(["To: list@y.example"]), recipients: [REPLY_TO] });
    expect(steps.notices[0]?.recipients).toEqual([REPLY_TO]);
  });

  test("takes a null sender from Return-Path", async () => {
    const { door, steps } = fakeService();
    await door.receive({ raw: rawMail(["Return-Path: <>", `To: ${REPLY_TO}`]) });
    expect(steps.notices[0]?.sender).toBe("");
  });

  test("lets headers of the mail say what was judged, and the door's own word before them", async () => {
    const { door, steps } = fakeService();
    const raw = rawMail([`To: ${REPLY_TO}`, "X-Local-DMARC: fail", "X-Local-SPF: gray"]);
    await door.receive({ raw, verdicts: { spf: "PROCESSING_FAILED" } });
    expect(steps.notices[0]?.verdicts).toMatchObject({
      dmarc: "FAIL",
      spf: "PROCESSING_FAILED",
      dkim: "PASS",
    });
  });

  test.each([
    ["an empty body", Buffer.alloc(0), "The body is empty"],
    ["no recipient", rawMail(), "None of the recipients is in reply.common-ground.example"],
    ["another domain", rawMail(["To: a@common-ground.example"]), "None of the recipients"],
    ["a look-alike domain", rawMail([`To: a@evil-reply.common-ground.example`]), "None of the"],
    ["an unknown verdict", rawMail([`To: ${REPLY_TO}`, "X-Local-SPF: maybe"]), "x-local-spf must"],
  ])("refuses %s in words and stores nothing", async (_name, raw, why) => {
    const { door, steps, archive, clock } = fakeService();
    const reception = await door.receive({ raw });
    expect(reception).toMatchObject({ kind: "refused", why: expect.stringContaining(why) });
    expect(steps.notices).toEqual([]);
    clock.moveTo("2027-01-01T00:00:00.000Z");
    expect(await archive.unread(clock.now())).toEqual([]);
  });

  test("takes 20 MB", async () => {
    const { door, steps, archive } = fakeService();
    const raw = Buffer.concat([rawMail([`To: ${REPLY_TO}`]), Buffer.alloc(20 * 1024 * 1024, "x")]);
    await door.receive({ raw });
    const stored = await archive.read(steps.notices[0]?.messageId ?? "");
    expect(stored?.length).toBeGreaterThan(raw.length);
  });
});
