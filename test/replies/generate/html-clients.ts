import { LESSON_HTML, OUR_ADDRESS, OUR_NAME } from "./lesson.ts";

/** How one client writes an HTML answer; `reply` and `signature` are plain text. */
export interface HtmlClient {
  readonly name: string;
  readonly write: (reply: string, signature: string) => string;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** One block element a line, an empty one for a blank line, as composers make them. */
function blocks(text: string, open: string, close: string, blank = "<br>"): string {
  return text
    .split("\n")
    .map((line) => `${open}${line === "" ? blank : escapeText(line)}${close}`)
    .join("\n");
}

const divs = (text: string) => blocks(text, "<div>", "</div>");
const brs = (text: string) => text.split("\n").map(escapeText).join("<br>\n");
const mso = (text: string) =>
  blocks(text, '<p class="MsoNormal">', "<o:p></o:p></p>", "<o:p>&nbsp;</o:p>");
const LINKED = `<a href="mailto:${OUR_ADDRESS}">${OUR_ADDRESS}</a>`;
const NAMED = `${OUR_NAME} &lt;${LINKED}&gt;`;
const page = (inside: string, style = "") =>
  `<html><head><meta charset="utf-8"><style>${style}</style></head><body>${inside}</body></html>`;

const HEADERS = `<b>From:</b> ${NAMED}<br><b>Sent:</b> Tuesday, March 3, 2026 10:02 AM<br><b>To:</b> Vega, Marisol &lt;mvega@harbor.example&gt;<br><b>Subject:</b> Week 3: time for coffee`;

export const HTML_CLIENTS: readonly HtmlClient[] = [
  {
    name: "gmail",
    write: (reply, signature) =>
      `<div dir="ltr">${divs(reply)}${signature && `<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">${divs(signature)}</div>`}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 10:02 AM ${NAMED} wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${LESSON_HTML}</blockquote></div>`,
  },
  {
    name: "gmail-old",
    write: (reply, signature) =>
      `<div dir="ltr">${brs(reply)}</div><div class="gmail_extra"><br clear="all"><div>${signature && `<div class="gmail_signature">${brs(signature)}</div>`}</div><br><div class="gmail_quote">On Tue, Mar 3, 2026 at 10:02 AM, ${OUR_NAME} <span dir="ltr">&lt;${LINKED}&gt;</span> wrote:<br><blockquote class="gmail_quote">${LESSON_HTML}</blockquote></div><br></div>`,
  },
  {
    name: "outlook-word",
    write: (reply, signature) =>
      page(
        `<div class="WordSection1">${mso(reply)}${signature && `<p class="MsoNormal"><o:p>&nbsp;</o:p></p>${mso(signature)}`}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${HEADERS}<o:p></o:p></p></div></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>${LESSON_HTML}</div>`,
        "p.MsoNormal{margin:0in;font-size:11.0pt}",
      ),
  },
  {
    name: "outlook-word-blue",
    write: (reply, signature) =>
      page(
        `<div class="WordSection1">${mso(reply)}${signature && `<p class="MsoNormal"><o:p>&nbsp;</o:p></p>${mso(signature)}`}<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${HEADERS}<o:p></o:p></p></div>${LESSON_HTML}</div>`,
      ),
  },
  {
    name: "outlook-web",
    write: (reply, signature) =>
      page(
        `${blocks(reply, '<div class="elementToProof" style="font-family:Calibri">', "</div>")}${signature && `<div id="Signature"><div>${divs(signature)}</div></div>`}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">${HEADERS}</font><div>&nbsp;</div></div><div>${LESSON_HTML}</div>`,
      ),
  },
  {
    name: "outlook-new",
    write: (reply, signature) =>
      page(
        `${blocks(reply, '<div class="elementToProof">', "</div>")}${signature && `<div class="elementToProof"><br></div><div id="Signature">${divs(signature)}</div>`}<div id="mail-editor-reference-message-container"><hr><div id="divRplyFwdMsg">${HEADERS}</div><div>${LESSON_HTML}</div></div>`,
      ),
  },
  {
    name: "outlook-ios",
    write: (reply, signature) =>
      page(
        `${blocks(reply, '<div style="direction:ltr;font-family:Aptos">', "</div>")}<div id="ms-outlook-mobile-signature">${signature ? divs(signature) : '<div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div>'}</div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr">${HEADERS}<div>&nbsp;</div></div>${LESSON_HTML}`,
      ),
  },
  {
    name: "apple-mail",
    write: (reply, signature) =>
      page(
        `${divs(reply)}${signature && `<br><div id="AppleMailSignature">${divs(signature)}</div>`}<div><br><blockquote type="cite"><div>On Mar 3, 2026, at 10:02 AM, ${NAMED} wrote:</div><br class="Apple-interchange-newline"><div>${LESSON_HTML}</div></blockquote></div><br>`,
      ),
  },
  {
    name: "apple-ios",
    write: (reply, signature) =>
      page(
        `<div dir="ltr">${divs(reply)}</div><div dir="ltr"><br><div id="lineBreakAtBeginningOfSignature"><br></div>${divs(signature || "Sent from my iPhone")}</div><div dir="ltr"><br><blockquote type="cite">On Mar 3, 2026, at 10:02 AM, ${NAMED} wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff${LESSON_HTML}</div></blockquote>`,
      ),
  },
  {
    name: "thunderbird",
    write: (reply, signature) =>
      page(
        `<p>${brs(reply)}</p>${signature && `<div class="moz-signature">-- <br>${brs(signature)}</div>`}<div class="moz-cite-prefix">On 3/3/26 10:02 AM, ${OUR_NAME} wrote:<br></div><blockquote type="cite" cite="mid:x@commonground.example">${LESSON_HTML}</blockquote>`,
      ),
  },
  {
    name: "thunderbird-below",
    write: (reply, signature) =>
      page(
        `<div class="moz-cite-prefix">On 3/3/26 10:02 AM, ${OUR_NAME} wrote:<br></div><blockquote type="cite">${LESSON_HTML}</blockquote><p>${brs(reply)}</p>${signature && `<div class="moz-signature">-- <br>${brs(signature)}</div>`}`,
      ),
  },
  {
    name: "yahoo",
    write: (reply, signature) =>
      `<html><body><div class="ydp1yahoo-style-wrap">${blocks(reply, '<div dir="ltr" data-setdir="false">', "</div>")}${signature && `<div><br></div><div class="ydpsignature">${divs(signature)}</div>`}</div><div id="ydp2yahoo_quoted_9" class="ydp2yahoo_quoted"><div><div>On Tuesday, March 3, 2026 at 10:02:11 AM EST, ${NAMED} wrote:</div><div><br></div><div>${LESSON_HTML}</div></div></div></body></html>`,
  },
  {
    name: "proton",
    write: (reply, signature) =>
      `${blocks(reply, '<div style="font-family: Arial">', "</div>")}<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">${signature && divs(signature)}</div><div class="protonmail_signature_block-proton">Sent with Proton Mail secure email.</div></div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:02 AM, ${NAMED} wrote:<br><blockquote class="protonmail_quote" type="cite">${LESSON_HTML}</blockquote></div>`,
  },
  {
    name: "zoho",
    write: (reply, signature) =>
      `<div style="font-family: Verdana">${divs(reply)}${signature && `<div><br></div><div id="Zm-_Id_-Sgn" class="zmail_signature">${divs(signature)}</div>`}<div class="zmail_extra_hr" style="border-top: 1px solid"><br></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Tue, 03 Mar 2026 10:02:11 -0500 <b>${NAMED}</b> wrote ---<br></div><blockquote id="blockquote_zmail">${LESSON_HTML}</blockquote></div></div>`,
  },
  {
    name: "samsung",
    write: (reply, signature) =>
      page(
        `${divs(reply)}<div><br></div>${signature && `${divs(signature)}<div><br></div>`}<div id="composer_signature" dir="auto"><div style="font-size:12px">Sent from my Galaxy</div></div><div><br></div><div align="left" dir="auto" style="font-size:100%"><div>-------- Original message --------</div><div>From: ${NAMED} </div><div>Date: 3/3/26  10:02 AM  (GMT-05:00) </div><div>To: mvega@harbor.example </div><div>Subject: Week 3: time for coffee </div><div><br></div></div>${LESSON_HTML}`,
      ),
  },
  {
    name: "zimbra",
    write: (reply, signature) =>
      page(
        `${divs(reply)}${signature && `<div><br></div><div data-marker="__SIG_PRE__">${divs(signature)}</div>`}<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><blockquote style="border-left:2px solid"><b>From: </b>"${OUR_NAME}"<br><b>Sent: </b>Tuesday, March 3, 2026 10:02:11 AM<br><b>Subject: </b>Week 3: time for coffee<br></blockquote></div><div data-marker="__QUOTED_TEXT__"><blockquote>${LESSON_HTML}</blockquote></div>`,
      ),
  },
  {
    name: "spark",
    write: (reply, signature) =>
      page(
        `<div name="messageBodySection">${divs(reply)}</div>${signature && `<div name="messageSignatureSection"><br>${divs(signature)}</div>`}<div name="messageReplySection">On Mar 3, 2026 at 10:02 AM -0500, ${NAMED}, wrote:<br><blockquote type="cite">${LESSON_HTML}</blockquote></div>`,
      ),
  },
  {
    name: "roundcube",
    write: (reply, signature) =>
      page(
        `${divs(reply)}${signature && `<div><br></div><div id="_rc_sig">${divs(signature)}</div>`}<p id="reply-intro">On 2026-03-03 10:02, ${OUR_NAME} wrote:</p><blockquote type="cite" style="padding: 0 0.4em">${LESSON_HTML}</blockquote>`,
      ),
  },
  {
    name: "em-client",
    write: (reply, signature) =>
      page(
        `${divs(reply)}${signature && `<div><br></div><div id="signature_old">${divs(signature)}</div>`}<div><br></div><div>------ Original Message ------</div><div>From "${OUR_NAME}" &lt;${LINKED}&gt;</div><div>To "Marisol Vega" &lt;mvega@harbor.example&gt;</div><div>Date 3/3/2026 10:02:11 AM</div><div>Subject Week 3: time for coffee</div><div><br></div><div><blockquote type="cite" class="cite2">${LESSON_HTML}</blockquote></div>`,
      ),
  },
  {
    name: "groupwise",
    write: (reply, signature) =>
      page(
        `${divs(reply)}${signature && `<div><br></div>${divs(signature)}`}<br><br>&gt;&gt;&gt; "${OUR_NAME}" &lt;${OUR_ADDRESS}&gt; 3/3/2026 10:02 AM &gt;&gt;&gt;<br>${LESSON_HTML}`,
      ),
  },
];
