import fc from "fast-check";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { MAIL_KINDS, type MailKind } from "../../functions/core/course.ts";
import { composeMail, type MailEnvelope } from "../../functions/send/compose-mail.ts";

const rendered = {
  subject: "Lesson 3: say hello",
  html: `<!doctype html><html lang="en"><body><h1>Héllo</h1>${"<p>A line of prose.</p>".repeat(400)}</body></html>`,
  text: "Hello\nA line of prose that is long enough to be wrapped by quoted-printable, and then some more.\n.\nFrom here on",
};
const envelope: MailEnvelope = {
  from: "hello@commonground.example",
  to: { name: "Rosa Ávila", address: "rosa@shelter.example" },
  replyTo: "r-abc234@reply.commonground.example",
  kind: "lesson",
  unsubscribeUrl: "https://commonground.example/unsubscribe/abc_-123",
  listDomain: "reply.commonground.example",
  messageIdDomain: "email.amazonses.com",
};

const compose = async (change: Partial<MailEnvelope> = {}, mail = rendered) =>
  Buffer.from(await composeMail(mail, { ...envelope, ...change }));

async function headersOf(raw: Buffer): Promise<Record<string, string>> {
  const { headers } = await PostalMime.parse(raw);
  return Object.fromEntries(headers.map(({ key, value }) => [key, value]));
}

const courseKinds: readonly MailKind[] = [
  ...(["welcome", "lesson", "nudge", "meet", "mou", "check-in", "graduation"] as const),
];

describe("a composed mail", () => {
  test("is read back the same by two parsers", async () => {
    const raw = await compose();
    const [one, other] = [await PostalMime.parse(raw), await simpleParser(raw)];
    expect(one.subject).toBe(rendered.subject);
    expect(other.subject).toBe(rendered.subject);
    expect(one.html?.trim()).toBe(rendered.html);
    expect(String(other.html).trim()).toBe(rendered.html);
    expect(one.text?.trim()).toBe(rendered.text);
    expect(other.text?.trim()).toBe(rendered.text);
    expect(one.to).toEqual([{ name: "Rosa Ávila", address: "rosa@shelter.example" }]);
    expect(one.from).toEqual({ name: "Common Ground", address: "hello@commonground.example" });
    expect(other.replyTo?.value).toEqual([
      { name: "Common Ground", address: "r-abc234@reply.commonground.example" },
    ]);
  });

  test("ends every line with CRLF and has no body line over 76 characters", async () => {
    const raw = (await compose()).toString("latin1");
    expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const body = raw.slice(raw.indexOf("\r\n\r\n")).split("\r\n");
    expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(raw).not.toMatch(/\P{ASCII}/u);
  });

  test("is quoted-printable in any script, for base64 in a text part looks like spam", async () => {
    const raw = await compose(
      {},
      { ...rendered, text: "Привет ".repeat(50), html: "<p>Привет</p>" },
    );
    expect(raw.toString()).not.toMatch(/Content-Transfer-Encoding: base64/i);
    expect((await PostalMime.parse(raw)).text?.trim()).toBe("Привет ".repeat(50).trim());
  });

  test("offers plain text first, then HTML", async () => {
    const raw = (await compose()).toString("latin1");
    expect(raw).toContain("multipart/alternative");
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(raw).toContain("Content-Transfer-Encoding: quoted-printable");
  });

  test.each(courseKinds)("can be unsubscribed from with one click (%s)", async (kind) => {
    const headers = await headersOf(await compose({ kind }));
    expect(headers).toMatchObject({
      "list-unsubscribe": "<https://commonground.example/unsubscribe/abc_-123>",
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      "list-id": "Common Ground <course.reply.commonground.example>",
      precedence: "bulk",
    });
  });

  test.each(MAIL_KINDS.filter((kind) => !courseKinds.includes(kind)))(
    "offers no unsubscribing where there is nothing to leave (%s)",
    async (kind) => {
      const names = Object.keys(await headersOf(await compose({ kind })));
      expect(names.filter((name) => name.startsWith("list-") || name === "precedence")).toEqual([]);
    },
  );

  test("says that a machine wrote it, and of a receipt that it answers", async () => {
    const lesson = await headersOf(await compose());
    const receipt = await headersOf(await compose({ kind: "receipt" }));
    expect(lesson["auto-submitted"]).toBe("auto-generated");
    expect(receipt["auto-submitted"]).toBe("auto-replied");
    expect(lesson["x-auto-response-suppress"]).toBe("All");
    expect(receipt["x-auto-response-suppress"]).toBe("All");
  });

  test("joins the thread of the mail it answers", async () => {
    const id = "<0100019a-1-000000@email.amazonses.com>";
    const headers = await headersOf(await compose({ answers: "0100019a-1-000000" }));
    expect(headers["in-reply-to"]).toBe(id);
    expect(headers.references).toBe(id);
    expect(await headersOf(await compose())).not.toHaveProperty("in-reply-to");
    const elsewhere = { answers: "1-2", messageIdDomain: "us-west-2.amazonses.com" };
    expect((await headersOf(await compose(elsewhere))).references).toBe(
      "<1-2@us-west-2.amazonses.com>",
    );
  });

  test("has the same headers and one recipient, whatever is written in names and subjects", async () => {
    const nasty = fc.array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "\r\n",
          "\n",
          "\r",
          "\0",
          "\u2028",
          "\u0085",
          "\ud800",
          "<",
          ">",
          '"',
          ",",
          ";",
        ),
        fc.constantFrom(
          "Bcc: eve@evil.example",
          "\r\nBcc: eve@evil.example\r\n\r\n",
          "=?utf-8?q?=0D=0A?=",
        ),
      ),
      { maxLength: 8 },
    );
    const expected = Object.keys(await headersOf(await compose())).toSorted();
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (name, subject) => {
        const to = { name: name.join(""), address: "rosa@shelter.example" };
        const raw = await compose({ to }, { ...rendered, subject: subject.join("") });
        expect(raw.toString("latin1").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
        const mail = await PostalMime.parse(raw);
        const names = mail.headers.map(({ key }) => key);
        expect(names.filter((key) => key !== "subject").toSorted()).toEqual(
          expected.filter((key) => key !== "subject"),
        );
        expect(mail.to?.map(({ address }) => address)).toEqual(["rosa@shelter.example"]);
        expect(mail.cc ?? []).toEqual([]);
        expect(mail.bcc ?? []).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("reaches a quoted local part and an international domain", async () => {
    const quoted = await compose({ to: { name: "", address: '"rosa maria"@shelter.example' } });
    const international = await compose({ to: { name: "", address: "rosa@café.example" } });
    expect((await headersOf(quoted)).to).toBe('<"rosa maria"@shelter.example>');
    expect((await headersOf(international)).to).toBe("rosa@xn--caf-dma.example");
  });

  test("refuses an address that says more than one address", async () => {
    const bad = [
      "rosa@shelter.example, eve@evil.example",
      "rosa@shelter.example\r\nBcc: eve@evil.example",
      "<rosa@shelter.example>",
      "rosa",
      "",
      "rosa@a@b",
    ];
    for (const address of bad) {
      await expect(compose({ to: { name: "Rosa", address } })).rejects.toThrow(RangeError);
      await expect(compose({ replyTo: address })).rejects.toThrow(RangeError);
    }
    await expect(compose({ listDomain: "a\r\nb" })).rejects.toThrow(RangeError);
  });
});
