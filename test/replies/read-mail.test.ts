import { describe, expect, test } from "vitest";
import { type InboundMail, readMail } from "../../functions/receive/read-mail.ts";
import { OWN } from "./corpus.ts";

const HEAD =
  "From: Maria Lopez <Maria.Lopez@County.example>\r\nMessage-ID: <m1@county.example>\r\n";

function read(rest: string, head = HEAD): Promise<InboundMail> {
  return readMail(Buffer.from(`${head}${rest}`), {}, OWN);
}

describe("headers", () => {
  test("addresses come bare and in lower case", async () => {
    const mail = await read(
      'Sender: "Front Desk" <Desk@County.example>\r\nTo: "R" <R-ABC@Reply.example>, group: X <x@y.example>;\r\nCc: z@y.example\r\n\r\nDONE',
    );
    expect(mail).toMatchObject({
      from: "maria.lopez@county.example",
      sender: "desk@county.example",
      messageId: "m1@county.example",
    });
    expect(mail.recipients).toEqual(["r-abc@reply.example", "x@y.example", "z@y.example"]);
  });

  test("the mails it answers are named, the nearest first", async () => {
    const mail = await read(
      "In-Reply-To: <c@ses.example>\r\nReferences: <a@ses.example>\r\n <b@ses.example> <c@ses.example>\r\n\r\nDONE",
    );
    expect(mail.references).toEqual(["c@ses.example", "b@ses.example", "a@ses.example"]);
  });

  test("a mail without a From, an id or a date has none", async () => {
    const mail = await read("Subject: x\r\n\r\nDONE", "");
    expect(mail).toMatchObject({
      from: null,
      sender: null,
      messageId: null,
      date: null,
      text: "DONE",
    });
  });

  test("the first of two From headers counts", async () => {
    expect((await read("From: other@x.example\r\n\r\nDONE")).from).toBe(
      "maria.lopez@county.example",
    );
  });

  test("the date is an instant", async () => {
    expect((await read("Date: Tue, 3 Mar 2026 10:02:11 -0500 (EST)\r\n\r\nDONE")).date).toBe(
      "2026-03-03T15:02:11.000Z",
    );
  });

  test.each([
    ["STOP", "STOP"],
    ["=?utf-8?Q?Hecho?=", "Hecho"],
    ["Re: Week 3", null],
    ["RV: Semana 3", null],
    ["AW: [EXT] Week 3", null],
    ["", null],
  ])("the subject '%s' is the person's own words: %s", async (subject, own) => {
    expect((await read(`Subject: ${subject}\r\n\r\n`)).ownSubject).toBe(own);
  });
});

describe("text", () => {
  test("windows-1252 keeps its quotes and dashes", async () => {
    const raw = Buffer.concat([
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=windows-1252\r\n\r\ndidn`),
      Buffer.from([0x92]),
      Buffer.from("t "),
      Buffer.from([0x96]),
      Buffer.from(" caf"),
      Buffer.from([0xe9]),
    ]);
    expect((await readMail(raw)).text).toBe("didn’t – café");
  });

  test("a footer in another encoding than the mail spoils only itself", async () => {
    const raw = Buffer.concat([
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\nTomé café.\n`),
      Buffer.from([0x93, 0x41, 0x94]),
    ]);
    expect((await readMail(raw)).text).toBe("Tomé café.\n“A”");
  });

  test.each(["utf-16le", "iso-2022-jp", "koi8-r", "cp932"])("%s is decoded", async (charset) => {
    const samples: Readonly<Record<string, Buffer>> = {
      "utf-16le": Buffer.from("DONE", "utf16le"),
      "iso-2022-jp": Buffer.from("DONE"),
      "koi8-r": Buffer.from("DONE"),
      cp932: Buffer.from("DONE"),
    };
    const raw = Buffer.concat([
      Buffer.from(`${HEAD}Content-Type: text/plain; charset=${charset}\r\n\r\n`),
      samples[charset] ?? Buffer.alloc(0),
    ]);
    expect((await readMail(raw)).text).toBe("DONE");
  });

  test.each([
    ["utf-7", "D+AE8-NE"],
    ["hz-gb-2312", "~{<:Ky2;~}"],
  ])("%s cannot be read: the mail is a person's, and asked about again", async (charset, body) => {
    expect(await read(`Content-Type: text/plain; charset=${charset}\r\n\r\n${body}`)).toMatchObject(
      { kind: "unreadable", automatic: false, text: "" },
    );
  });

  test("plain ASCII labelled UTF-7 is readable", async () => {
    expect(await read("Content-Type: text/plain; charset=utf-7\r\n\r\nDONE")).toMatchObject({
      kind: "human",
      text: "DONE",
    });
  });

  test("flowed lines are joined, quotes keep their depth", async () => {
    const mail = await read(
      "Content-Type: text/plain; format=flowed\r\n\r\nWe met on \r\nTuesday.\r\n\r\nOn Tue, Mar 3, 2026 at 10:02 AM x wrote: \r\n> Reply DONE \r\n> when you have\r\n",
    );
    expect(mail.text).toBe("We met on Tuesday.");
    expect(mail.quoted).toContain("> Reply DONE when you have");
  });

  test("delsp=yes joins without the space", async () => {
    expect(
      (await read("Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nTues \r\nday")).text,
    ).toBe("Tuesday");
  });

  test("an encrypted mail is unreadable", async () => {
    const body = "--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e--\r\n";
    expect((await read(`Content-Type: multipart/encrypted; boundary=e\r\n\r\n${body}`)).kind).toBe(
      "unreadable",
    );
  });
});

describe("parts", () => {
  const alternative = (plain: string, html: string) =>
    `Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n${plain}\r\n--a\r\nContent-Type: text/html\r\n\r\n${html}\r\n--a--\r\n`;

  test("plain text goes before HTML", async () => {
    expect((await read(alternative("DONE", "<p>other</p>"))).text).toBe("DONE");
  });

  test("a blank plain part leaves it to the HTML", async () => {
    expect((await read(alternative("  \r\n", "<p>DONE</p>"))).text).toBe("DONE");
  });

  test("a footer below an HTML body is not the reply", async () => {
    const parts =
      "--a\r\nContent-Type: text/html\r\n\r\n<p>DONE</p>\r\n--a\r\nContent-Type: text/plain\r\n\r\nScanned by a gateway\r\n--a--\r\n";
    expect((await read(`Content-Type: multipart/mixed; boundary=a\r\n\r\n${parts}`)).text).toBe(
      "DONE",
    );
  });

  test("attachments and forwarded mails are not read", async () => {
    const parts =
      '--a\r\nContent-Type: text/plain\r\n\r\nNot yet.\r\n--a\r\nContent-Type: text/plain; name="n.txt"\r\n\r\nDONE\r\n--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nDONE\r\n--a--\r\n';
    expect((await read(`Content-Type: multipart/mixed; boundary=a\r\n\r\n${parts}`)).text).toBe(
      "Not yet.",
    );
  });

  test("a multipart that is never closed is read as far as it goes", async () => {
    expect(
      (
        await read(
          "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nDONE",
        )
      ).text,
    ).toBe("DONE");
  });

  test("a multipart without its boundary is read as text", async () => {
    expect((await read("Content-Type: multipart/mixed\r\n\r\nDONE")).text).toBe("DONE");
  });

  test("a reply typed inside the quote's container is found", async () => {
    const html =
      '<div class="protonmail_quote">Done on Tuesday.<br><br>On Tuesday, March 3rd, 2026 at 10:02 AM, x &lt;x@y.example&gt; wrote:<br><blockquote type="cite">STOP</blockquote></div>';
    expect((await read(`Content-Type: text/html\r\n\r\n${html}`)).text).toBe("Done on Tuesday.");
  });
});

describe("limits", () => {
  test("above ten megabytes only the headers are read", async () => {
    const raw = Buffer.concat([
      Buffer.from(`${HEAD}\r\nDONE\r\n`),
      Buffer.alloc(10 * 1024 * 1024, 0x61),
    ]);
    expect(await readMail(raw)).toMatchObject({
      tooLarge: true,
      kind: "unreadable",
      why: "too-large",
      from: "maria.lopez@county.example",
      text: "",
    });
  });

  test.each([
    ["is found", "> a lesson of many words\n", 900 * 1024, "DONE"],
    ["is cut off", "> a lesson of many words\n", 1024 * 1024, ""],
  ])("what stands below a quote of a megabyte %s", async (_, line, bytes, text) => {
    const wide = line.repeat(10).replaceAll("\n> ", " ");
    const quote = wide.repeat(Math.ceil(bytes / wide.length));
    expect((await read(`\r\n${quote}\nDONE`)).text).toBe(text);
  });

  test("an automatic mail is recognised however large it is", async () => {
    const raw = Buffer.concat([
      Buffer.from(`Auto-Submitted: auto-replied\r\n${HEAD}\r\n`),
      Buffer.alloc(11 * 1024 * 1024, 0x61),
    ]);
    expect(await readMail(raw)).toMatchObject({ automatic: true, kind: "vacation" });
  });

  test("an empty file is a person's mail without words", async () => {
    expect(await readMail(Buffer.alloc(0))).toMatchObject({ from: null, kind: "human", text: "" });
  });
});

describe("automatic mail", () => {
  test("an envelope with the null sender is a bounce", async () => {
    const raw = Buffer.from(`${HEAD}Subject: Re: x\r\n\r\nDONE`);
    expect(await readMail(raw, { sender: "" })).toMatchObject({
      automatic: true,
      why: "null-sender",
    });
    expect(await readMail(raw, { sender: "<>" })).toMatchObject({ automatic: true });
    expect(await readMail(raw, { sender: "maria.lopez@county.example" })).toMatchObject({
      automatic: false,
    });
  });

  test("our own address is ours only when we are told which it is", async () => {
    const raw = Buffer.from("From: lessons@commonground.example\r\n\r\nDONE");
    expect(await readMail(raw, {}, OWN)).toMatchObject({ kind: "ours", automatic: true });
    expect(await readMail(raw)).toMatchObject({ kind: "human" });
  });

  test("rules are tried in their order, and the first one is named", async () => {
    const mail = await read(
      "Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\nSubject: Out of office\r\n\r\nAway",
    );
    expect(mail).toMatchObject({ kind: "vacation", why: "auto-submitted" });
  });
});
