import PostalMime from "postal-mime";
import type { MailboxMessage } from "./visitor.ts";

/** What a mail program sends beside the headers. */
export interface Letter {
  readonly text?: string;
  readonly html?: string;
}

/** Our own mail as the program has it, whole, to quote it below the answer. */
export interface Original {
  readonly message: MailboxMessage;
  readonly text: string;
  readonly html: string;
}

export async function readOriginal(message: MailboxMessage, source: string): Promise<Original> {
  const { text = "", html = "" } = await PostalMime.parse(source);
  return { message, text, html };
}

export type MailProgram = (original: Original, body: string) => Letter;

/** Answers as these programs write them, the whole mail quoted below. */
export const MAIL_PROGRAMS: Readonly<Record<string, MailProgram>> = {
  Thunderbird: ({ message, text, html }, body) => {
    const intro = `On 10/6/26 10:02 AM, Common Ground <${message.from}> wrote:`;
    return {
      text: `${body}\n\n${intro}\n${quoted(text)}\n`,
      html: `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head><body><p>${body}</p><div class="moz-cite-prefix">${escaped(intro)}<br></div><blockquote type="cite" cite="mid:${message.id}@email.amazonses.com">${inside(html)}</blockquote><div class="moz-signature">-- <br>Ada Provider<br>Harbor House, 555-201-3344</div></body></html>`,
    };
  },
  "Outlook for Windows": (original, body) => ({ html: word(original, body) }),
  "Outlook for Windows with a text part": (original, body) => ({
    text: `${body}\r\n\r\nAda Provider\r\nHarbor House\r\n\r\nFrom: Common Ground <${original.message.from}>\r\nSent: Tuesday, October 6, 2026 10:02 AM\r\nTo: Ada Provider <${original.message.to}>\r\nSubject: ${original.message.subject}\r\n\r\n${original.text}`,
    html: word(original, body),
  }),
  "Outlook for phones": ({ message, html }, body) => ({
    html: `<html><body><div dir="ltr">${body}</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Common Ground &lt;${message.from}&gt;<br><b>Sent:</b> Tuesday, October 6, 2026 10:02:11 AM<br><b>Subject:</b> ${escaped(message.subject)}</div>${inside(html)}</body></html>`,
  }),
  "Apple Mail": ({ message, text, html }, body) => {
    const intro = `On Oct 6, 2026, at 10:02, Common Ground <${message.from}> wrote:`;
    return {
      text: `${body}\n\n> ${intro}\n> \n${quoted(text)}\n`,
      html: `<html><body style="overflow-wrap: break-word;">${body}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${escaped(intro)}</div><br><div>${inside(html)}</div></blockquote></div></body></html>`,
    };
  },
};

/** The classic Outlook writes with Word. */
function word({ message, html }: Original, body: string): string {
  return `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--p.MsoNormal{margin:0in;font-size:11.0pt;font-family:"Calibri",sans-serif;}--></style></head><body lang=EN-US link="#0563C1"><div class=WordSection1><p class=MsoNormal>${body}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Ada Provider<o:p></o:p></p><p class=MsoNormal>Harbor House | 555-201-3344<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> Common Ground &lt;${message.from}&gt; <br><b>Sent:</b> Tuesday, October 6, 2026 10:02 AM<br><b>To:</b> Ada Provider &lt;${message.to}&gt;<br><b>Subject:</b> ${escaped(message.subject)}<o:p></o:p></p></div></div>${inside(html)}</div></body></html>`;
}

function quoted(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join("\n");
}

function inside(html: string): string {
  return /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
