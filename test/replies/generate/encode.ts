/** One way of putting text into a mail; several of them are wrong on purpose, as senders are. */
export interface Encoding {
  readonly name: string;
  readonly charset: string | undefined;
  readonly transfer: "8bit" | "quoted-printable" | "base64" | undefined;
  readonly bytes: (text: string) => Buffer;
  readonly flowed?: boolean;
}

const utf8 = (text: string) => Buffer.from(text, "utf8");

const UPPER: Readonly<Record<string, number>> = {
  "’": 0x92,
  "‘": 0x91,
  "“": 0x93,
  "”": 0x94,
  "–": 0x96,
  "…": 0x85,
};

/** Drops what windows-1252 cannot hold, as clients that use it would. */
function windows1252(text: string): Buffer {
  const codes = [...text].map((character) => UPPER[character] ?? character.codePointAt(0) ?? 0x3f);
  return Buffer.from(codes.filter((code) => code <= 0xff));
}

export const ENCODINGS: readonly Encoding[] = [
  { name: "utf8", charset: "utf-8", transfer: "8bit", bytes: utf8 },
  { name: "qp", charset: "UTF-8", transfer: "quoted-printable", bytes: utf8 },
  { name: "base64", charset: "utf-8", transfer: "base64", bytes: utf8 },
  { name: "cp1252", charset: "windows-1252", transfer: "quoted-printable", bytes: windows1252 },
  { name: "cp1252-as-latin1", charset: "iso-8859-1", transfer: "8bit", bytes: windows1252 },
  { name: "utf8-as-ascii", charset: "us-ascii", transfer: "8bit", bytes: utf8 },
  { name: "unlabelled", charset: undefined, transfer: undefined, bytes: utf8 },
  { name: "cp1252-as-utf8", charset: "utf-8", transfer: "8bit", bytes: windows1252 },
  { name: "unknown", charset: "x-unknown", transfer: "base64", bytes: utf8 },
  { name: "flowed", charset: "utf-8", transfer: "8bit", bytes: utf8, flowed: true },
];

/** Headers and body of a part; CRLF throughout. */
export function encodePart(
  type: "text/plain" | "text/html",
  text: string,
  encoding: Encoding,
): Buffer {
  const headers = [
    encoding.charset &&
      `Content-Type: ${type}; charset="${encoding.charset}"${encoding.flowed ? "; format=flowed" : ""}`,
    encoding.transfer && `Content-Transfer-Encoding: ${encoding.transfer}`,
  ].filter((line) => line);
  const body = transfer(encoding.bytes(encoding.flowed ? flow(text) : text), encoding.transfer);
  return Buffer.concat([
    Buffer.from(`${headers.join("\r\n")}${headers.length > 0 ? "\r\n" : ""}\r\n`),
    body,
  ]);
}

function transfer(bytes: Buffer, encoding: Encoding["transfer"]): Buffer {
  if (encoding === "base64") {
    return Buffer.from(`${bytes.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`);
  }
  const lines = bytes.toString("latin1").split("\n");
  const written = encoding === "quoted-printable" ? lines.flatMap(quotedPrintable) : lines;
  return Buffer.from(`${written.join("\r\n")}\r\n`, "latin1");
}

function quotedPrintable(line: string): string[] {
  const encoded = line.replace(
    /[^\t\x20-\x3c\x3e-\x7e]|[ \t]$/g,
    (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  const pieces: string[] = [];
  let rest = encoded;
  while (rest.length > 76) {
    const cut = /=[0-9A-F]?$/.test(rest.slice(0, 75)) ? rest.slice(0, 75).lastIndexOf("=") : 75;
    pieces.push(`${rest.slice(0, cut)}=`);
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

/** Wraps the person's paragraphs at 66 with a trailing space; quoted lines and "-- " stay as they are. */
function flow(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith(">") || line === "-- " ? line : wrap(line.trimEnd())))
    .join("\n");
}

function wrap(line: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + word.length > 65) {
      lines.push(`${current} `);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current].join("\n");
}
