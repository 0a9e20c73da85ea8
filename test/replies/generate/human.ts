import { BANNERS, BODIES, type Body, SIGNATURES, type Signature } from "./bodies.ts";
import type { Case } from "./case.ts";
import { ENCODINGS, type Encoding, encodePart } from "./encode.ts";
import { HTML_CLIENTS } from "./html-clients.ts";
import { LESSON_TEXT } from "./lesson.ts";
import { TEXT_CLIENTS, writeBelow, writeBetween } from "./text-clients.ts";

const TURNS = [0, 1, 2, 3];

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error("an empty list");
  return found;
}

function person(name: string, signature: Signature, part: Buffer, text: string, extra = ""): Case {
  const from = `${signature.fromName
    .toLowerCase()
    .replace(/[^a-z]+/g, ".")
    .replace(/^\.|\.$/g, "")}@harbor.example`;
  const shown = /^[\w ]+$/.test(signature.fromName)
    ? signature.fromName
    : `=?utf-8?B?${Buffer.from(signature.fromName).toString("base64")}?=`;
  const messageId = `${name}@harbor.example`;
  const headers = [
    `From: ${shown} <${from}>`,
    "To: r-k3x7@reply.commonground.example",
    "Subject: Re: Week 3: time for coffee",
    "Date: Wed, 04 Mar 2026 09:15:00 -0500",
    `Message-ID: <${messageId}>`,
    "In-Reply-To: <0100018e-lesson@email.amazonses.com>",
    "MIME-Version: 1.0",
  ].join("\r\n");
  return {
    name,
    raw: Buffer.concat([Buffer.from(`${headers}\r\n${extra}`), part]),
    expected: { from, messageId, automatic: false, kind: "human", text },
  };
}

function signed(body: Body, signature: Signature): string {
  return signature.text === "" ? body.text : `${body.text}\n\n${signature.text}`;
}

function answersAbove(): Case[] {
  return TEXT_CLIENTS.flatMap((client, row) =>
    TURNS.map((turn) => {
      const seed = row * 5 + turn * 3;
      const body = pick(BODIES, seed);
      const signature = pick(SIGNATURES, seed + turn);
      const [banner, warning] = pick(BANNERS, row + turn * 2);
      const encoding = pick(ENCODINGS, seed + 2 * turn);
      const text = `${warning}${client.write(signed(body, signature))}`;
      const name = `top-${client.name}-${body.name}-${signature.name}-${banner}-${encoding.name}`;
      return person(name, signature, encodePart("text/plain", text, encoding), body.text);
    }),
  );
}

function answersBelowAndBetween(): Case[] {
  return TEXT_CLIENTS.filter(({ isMarked }) => isMarked).flatMap((client, row) => {
    const body = pick(BODIES, row * 3 + 1);
    const signature = pick(SIGNATURES, row);
    const encoding = pick(ENCODINGS, row);
    const below = writeBelow(client, signed(body, signature));
    const parts = ["Yes, on Tuesday.", body.text];
    const between = writeBetween(client, parts);
    return [
      person(
        `below-${client.name}-${body.name}-${signature.name}-${encoding.name}`,
        signature,
        encodePart("text/plain", below, encoding),
        body.text,
      ),
      person(
        `between-${client.name}-${body.name}-${encoding.name}`,
        signature,
        encodePart("text/plain", between, encoding),
        parts.join("\n\n"),
      ),
    ];
  });
}

function answersInHtml(): Case[] {
  const encodings = ENCODINGS.filter(({ flowed, charset }) => !flowed && charset !== undefined);
  return HTML_CLIENTS.flatMap((client, row) =>
    TURNS.map((turn) => {
      const seed = row * 3 + turn * 4;
      const body = pick(BODIES, seed);
      const signature = pick(SIGNATURES, seed + turn);
      const encoding = pick(encodings, seed + turn);
      const html = client.write(body.text, signature.text.replace(/^-- \n/, ""));
      const name = `html-${client.name}-${body.name}-${signature.name}-${encoding.name}`;
      return person(name, signature, encodePart("text/html", html, encoding), body.text);
    }),
  );
}

const plain: Encoding = pick(ENCODINGS, 1);

function multipart(type: string, parts: readonly Buffer[]): Buffer {
  const edge = "=_edge_17";
  const pieces = parts.flatMap((part) => [Buffer.from(`--${edge}\r\n`), part, Buffer.from("\r\n")]);
  return Buffer.concat([
    Buffer.from(
      `Content-Type: ${type}; boundary="${edge}"\r\n\r\nThis is a multipart message.\r\n`,
    ),
    ...pieces,
    Buffer.from(`--${edge}--\r\n`),
  ]);
}

const PICTURE = Buffer.from(
  'Content-Type: image/png; name="logo.png"\r\nContent-Disposition: inline; filename="logo.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n',
);
const NOTES = Buffer.from(
  'Content-Type: text/plain; name="notes.txt"\r\nContent-Disposition: attachment; filename="notes.txt"\r\n\r\nNot part of the answer. STOP\r\n',
);
const FORWARDED = Buffer.from(
  `Content-Type: message/rfc822\r\n\r\nFrom: someone@else.example\r\nSubject: Old mail\r\n\r\nDONE, said somebody else.\r\n`,
);

function answersInParts(): Case[] {
  return BODIES.slice(0, 12).map((body, at) => {
    const signature = pick(SIGNATURES, at);
    const client = pick(TEXT_CLIENTS, at * 2);
    const html = pick(HTML_CLIENTS, at);
    const text = encodePart("text/plain", client.write(signed(body, signature)), plain);
    const rich = encodePart("text/html", html.write(body.text, signature.text), plain);
    const both = multipart("multipart/alternative", [text, rich]);
    const extra = pick([PICTURE, NOTES, FORWARDED], at);
    const whole = at % 2 === 0 ? both : outer([both, extra]);
    return person(`parts-${client.name}-${body.name}-${at}`, signature, whole, body.text);
  });
}

/** Another boundary, for parts that hold parts. */
function outer(parts: readonly Buffer[]): Buffer {
  const whole = multipart("multipart/mixed", parts).toString("latin1");
  const [first = "", ...rest] = whole.split("\r\n");
  const renamed = (line: string) => line.replace(/^--=_edge_17(--)?$/, "--=_outer_4$1");
  let inside = false;
  const lines = rest.map((line) => {
    if (line.includes('boundary="=_edge_17"')) inside = true;
    const isInner = inside && line.startsWith("--=_edge_17");
    if (isInner && line === "--=_edge_17--") inside = false;
    return isInner ? line : renamed(line);
  });
  return Buffer.from([first.replace("_edge_17", "_outer_4"), ...lines].join("\r\n"), "latin1");
}

function bareAnswers(): Case[] {
  const signature = pick(SIGNATURES, 0);
  const headless = BODIES.slice(0, 6).map((body) =>
    person(
      `marker-only-${body.name}`,
      signature,
      encodePart("text/plain", `${body.text}\n\n${LESSON_TEXT}\n`, plain),
      body.text,
    ),
  );
  const empty = TEXT_CLIENTS.slice(0, 9).map((client) =>
    person(
      `empty-${client.name}`,
      signature,
      encodePart("text/plain", client.write(""), plain),
      "",
    ),
  );
  return [...headless, ...empty];
}

export function humanCases(): Case[] {
  return [
    ...answersAbove(),
    ...answersBelowAndBetween(),
    ...answersInHtml(),
    ...answersInParts(),
    ...bareAnswers(),
  ];
}
