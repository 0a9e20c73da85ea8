/** Mails made to keep a reader busy; each is about a megabyte, or as large as its name says. */
const MEGABYTE = 1024 * 1024;
const HEAD =
  "From: Mallory <m@evil.example>\r\nTo: r-x@reply.example\r\nSubject: Re: Week 3\r\nMessage-ID: <h@evil.example>\r\n";

function plain(body: string): Buffer {
  return Buffer.from(`${HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`);
}

function html(body: string): Buffer {
  return Buffer.from(`${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`);
}

function fill(piece: string, bytes = MEGABYTE): string {
  return piece.repeat(Math.ceil(bytes / piece.length));
}

function nested(levels: number): Buffer {
  const parts = Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return Buffer.from(HEAD + parts.join(""));
}

function siblings(count: number): Buffer {
  const part = "--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n";
  return Buffer.from(
    `${HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n${part.repeat(count)}--x--\r\n`,
  );
}

/** Made when asked for, because together they would fill the memory that each is measured in. */
export const HOSTILE_MAILS: readonly (readonly [name: string, make: () => Buffer])[] = [
  ["20,000 newlines", () => plain("\n".repeat(20_000))],
  ["50,000 spaces", () => plain(`x${" ".repeat(50_000)}y`)],
  ["20,000 underscores", () => plain(`${"_".repeat(20_000)}\nFrom: x`)],
  ["a megabyte of newlines", () => plain(fill("\n"))],
  ["a megabyte of CRLF", () => plain(fill("\r\n"))],
  ["a line of a megabyte", () => plain(fill("a"))],
  ["a line of a megabyte with spaces", () => plain(fill("on wrote: "))],
  ["a megabyte of spaces and newlines", () => plain(fill("   \n"))],
  ["a megabyte of quote marks", () => plain(fill(">"))],
  ["a megabyte of quoted lines", () => plain(fill("> a\n"))],
  ["a megabyte of introductions", () => plain(fill("On Tue, Mar 3, 2026 at 10:02 AM\n"))],
  ["a megabyte of header lines", () => plain(fill("From: a\nSubject: b\n"))],
  ["a megabyte of dashes", () => plain(fill("-"))],
  ["a megabyte of dash lines", () => plain(fill("-- \n"))],
  ["a megabyte of divider lines", () => plain(fill("________________\n"))],
  ["a megabyte of banners", () => plain(fill("[EXTERNAL]\n"))],
  ["a megabyte of closings", () => plain(fill("Thanks,\n"))],
  ["a megabyte of names", () => plain(fill("Maria Lopez\n"))],
  ["a megabyte of adverts", () => plain(fill("Sent from my iPhone\n"))],
  ["a megabyte of notices", () => plain(fill("CONFIDENTIALITY NOTICE: this\n"))],
  ["a megabyte of brackets", () => plain(fill("<(["))],
  ["a megabyte of asterisks", () => plain(fill("*"))],
  ["a megabyte of words", () => plain(fill("we had coffee and "))],
  ["a megabyte of sentences", () => plain(fill("We met. "))],
  ["a megabyte of dates", () => plain(fill("on March 4 "))],
  ["a megabyte of ordinals", () => plain(fill("the 4th "))],
  ["a megabyte of addresses", () => plain(fill("a@b.c "))],
  ["a megabyte of at signs", () => plain(fill("@"))],
  ["a megabyte of digits", () => plain(fill("1-"))],
  ["a megabyte of question marks", () => plain(fill("?"))],
  ["a megabyte of emoji", () => plain(fill("👍"))],
  ["a megabyte of combining marks", () => plain(fill("a\u0301\u0301\u0301"))],
  [
    "soft line breaks",
    () =>
      Buffer.from(`${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${fill("a=\r\n")}`),
  ],
  [
    "escapes",
    () => Buffer.from(`${HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n${fill("=3D=")}`),
  ],
  [
    "base64 rubbish",
    () => Buffer.from(`${HEAD}Content-Transfer-Encoding: base64\r\n\r\n${fill("=A/")}`),
  ],
  [
    "flowed",
    () => Buffer.from(`${HEAD}Content-Type: text/plain; format=flowed\r\n\r\n${fill("a \n")}`),
  ],
  [
    "flowed quotes",
    () => Buffer.from(`${HEAD}Content-Type: text/plain; format=flowed\r\n\r\n${fill(">>>>> \n")}`),
  ],
  ["latin1 bytes", () => Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.alloc(MEGABYTE, 0x92)])],
  [
    "latin1 lines",
    () => Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.from(fill("\u0092\n"), "latin1")]),
  ],
  ["null bytes", () => Buffer.concat([Buffer.from(`${HEAD}\r\n`), Buffer.alloc(MEGABYTE)])],
  ["5,000 nested parts", () => nested(5_000)],
  ["50,000 sibling parts", () => siblings(50_000)],
  [
    "false delimiters",
    () =>
      Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=x\r\n\r\n${fill("--xy\r\n")}`),
  ],
  ["a header of 8 MB", () => Buffer.from(`${HEAD}X-Long: ${fill("a", 8 * MEGABYTE)}\r\n\r\nDONE`)],
  [
    "a folded header of 8 MB",
    () => Buffer.from(`${HEAD}X-Long: a\r\n${fill(" a\r\n", 8 * MEGABYTE)}\r\nDONE`),
  ],
  ["a million headers", () => Buffer.from(`${HEAD}${fill("a: b\r\n", 6 * MEGABYTE)}\r\nDONE`)],
  [
    "100,000 recipients",
    () =>
      Buffer.from(
        `To: ${Array.from({ length: 100_000 }, (_, at) => `u${at}@a.example`).join(",\r\n ")}\r\n${HEAD}\r\nDONE`,
      ),
  ],
  [
    "a subject of encoded words",
    () => Buffer.from(`Subject: ${fill("=?utf-8?Q?a?= ")}\r\n${HEAD}\r\nDONE`),
  ],
  [
    "a content type without end",
    () => Buffer.from(`${HEAD}Content-Type: text/plain; ${fill('a="', 100_000)}\r\n\r\nDONE`),
  ],
  ["deep HTML", () => html(fill("<div>"))],
  ["deep inline HTML", () => html(fill("<b>"))],
  ["deep quotes in HTML", () => html(fill("<blockquote type=cite>"))],
  ["unclosed tags", () => html(fill("<a href="))],
  ["unclosed paragraphs", () => html(fill("<p>"))],
  ["open angle brackets", () => html(fill("<"))],
  ["entities", () => html(fill("&amp"))],
  ["line breaks in HTML", () => html(fill("<br>"))],
  ["long attribute", () => html(`<div style="${fill("margin-top:0;")}">DONE</div>`)],
  ["many attributes", () => html(`<div ${fill("a=b ")}>DONE</div>`)],
  ["comments", () => html(fill("<!--"))],
  ["30 MB", () => Buffer.concat([plain("DONE\n"), Buffer.alloc(30 * MEGABYTE, 0x61)])],
];

/** The ones whose size is in their structure, and not in the text. */
export const LARGE_MAILS: readonly string[] = [
  "5,000 nested parts",
  "50,000 sibling parts",
  "a header of 8 MB",
  "a folded header of 8 MB",
  "100,000 recipients",
  "30 MB",
];
