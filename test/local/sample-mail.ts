import MailComposer from "nodemailer/lib/mail-composer";
import type { SesMail } from "../../local/ses-mail.ts";
import { START } from "./fake-service.ts";

export const REPLY_TO = "r-abc234@reply.common-ground.example";

const HTML = `<!doctype html><html><head><title>x</title></head><body class="mail">
<!--[if mso]><a href="https://hidden.example">hidden</a><![endif]-->
<p>Call your partner &amp; say hello.</p>
<table><tr><td><a href="https://site.example/confirm/abc"> Yes,
 it was <b>me</b></a></td></tr></table>
<a href="mailto:ben@police.example">ben@police.example</a><a name="here">no link</a>
</body></html>`;

/** A mail as the local SES keeps it. */
export async function sampleMail(change: Partial<SesMail> = {}): Promise<SesMail> {
  const raw = await new MailComposer({
    from: "Common Ground <hello@common-ground.example>",
    to: { name: "Ada Løvett", address: "ada@harbor.example" },
    replyTo: REPLY_TO,
    subject: "Lesson 1: Same goal",
    messageId: "<mail-1@email.amazonses.com>",
    references: ["<mail-0@email.amazonses.com>"],
    text: "Call your partner & say hello.\n\nSite: https://site.example/confirm/abc\n",
    html: HTML,
    newline: "windows",
  })
    .compile()
    .build();
  return {
    id: "mail-1",
    sentAt: START,
    to: ["ada@harbor.example"],
    tags: { send: "abcdefghijklmnop_lesson-01_sp1", kind: "lesson", seat: "sp" },
    raw,
    ...change,
  };
}
