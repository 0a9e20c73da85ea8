import { describe, expect, test } from "vitest";
import { parseMime } from "../../functions/receive/mime-parse.ts";
import { viewMail } from "../../local/mail-view.ts";
import { composeReply, type ReplyOrder } from "../../local/reply-mail.ts";
import { REPLY_TO, sampleMail } from "./sample-mail.ts";

async function reply(order: Partial<ReplyOrder> = {}) {
  const raw = await composeReply({
    answers: await viewMail(await sampleMail()),
    body: "Done.\n\nYesterday <3",
    style: "html",
    sentAt: "2026-12-02T09:30:00.000Z",
    timeZone: "America/New_York",
    ...order,
  });
  return { mail: parseMime(raw), source: Buffer.from(raw).toString() };
}

describe("an answer from the mailbox", () => {
  test("is threaded under the mail as its recipient got it", async () => {
    const { mail } = await reply();
    expect(mail.headers.first("in-reply-to")).toBe("<mail-1@email.amazonses.com>");
    expect(mail.headers.first("references")).toBe(
      "<mail-0@email.amazonses.com> <mail-1@email.amazonses.com>",
    );
    expect(mail.subject).toBe("Re: Lesson 1: Same goal");
    expect(mail.recipients).toEqual([REPLY_TO]);
    expect(mail.date).toBe("2026-12-02T09:30:00.000Z");
  });

  test("comes from the recipient with their name, or from whoever else answers", async () => {
    const own = await reply();
    const other = await reply({ from: "chief@police.example" });
    expect([own.mail.from, own.mail.fromName]).toEqual(["ada@harbor.example", "Ada Løvett"]);
    expect([other.mail.from, other.mail.fromName]).toEqual(["chief@police.example", ""]);
  });

  test("quotes the mail below an intro line in the person's own time", async () => {
    const { mail } = await reply({ style: "plain" });
    expect(mail.text.replaceAll("\r\n", "\n").trimEnd()).toBe(
      [
        "Done.",
        "",
        "Yesterday <3",
        "",
        "On Tue, Dec 1, 2026 at 10:00 AM Common Ground <hello@common-ground.example> wrote:",
        "",
        "> Call your partner & say hello.",
        ">",
        "> Site: https://site.example/confirm/abc",
      ].join("\n"),
    );
    expect(mail.contentTypes).toEqual(["text/plain"]);
  });

  test("from a web mailbox carries the quoted mail as HTML too, without its document around it", async () => {
    const { mail, source } = await reply();
    expect(mail.contentTypes).toEqual(["multipart/alternative", "text/plain", "text/html"]);
    const html = Buffer.from(source.split("text/html")[1] ?? "").toString();
    expect(html).toContain("gmail_quote");
    expect(html).toContain("Yesterday &lt;3");
    expect(html.match(/<body/g)).toBeNull();
  });

  test("does not pile up Re:", async () => {
    const view = await viewMail(await sampleMail());
    const { mail } = await reply({ answers: { ...view, subject: "Re: Logged" } });
    expect(mail.subject).toBe("Re: Logged");
  });
});
