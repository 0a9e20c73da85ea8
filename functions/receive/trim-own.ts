/** What we know about the mail that is quoted: we wrote it ourselves. */
export interface OwnMail {
  /** The marker lines our mails carry ("reply above this line"); below one of them everything is ours. */
  readonly markers: readonly string[];
  /** Addresses our mail comes from; an introduction that names one of them heads a quote of ours. */
  readonly senderAddresses: readonly string[];
  readonly senderName: string;
  /** Plain text of the very mail that is answered; its lines are dropped wherever they turn up. */
  readonly sentText?: string;
}

export const NO_OWN_MAIL: OwnMail = { markers: [], senderAddresses: [], senderName: "" };

/** Recognises our own words in a stranger's mail, whatever prefix or wrapping a client gave them. */
export interface OwnWords {
  isMarker(line: string): boolean;
  /** True for a line that names us, as introductions and header blocks of a quote do. */
  namesUs(line: string): boolean;
  /** True when every run of four words of the line stands in the mail we sent. */
  isSentLine(line: string): boolean;
  /** True for a line of fewer than four words that is, as it stands, a line of the mail we sent. */
  isShortSentLine(line: string): boolean;
}

const SHINGLE_WORDS = 4;
/** A longer line is no line of ours; our mails are wrapped far below. */
const OWN_LINE_CHARS_MAX = 2_000;

export function ownWords(own: OwnMail): OwnWords {
  const markers = own.markers.map(plainWords).filter((marker) => marker !== "");
  const names = [...own.senderAddresses, own.senderName]
    .map((name) => name.toLowerCase().trim())
    .filter((name) => name !== "");
  const sent = sentShingles(own.sentText ?? "");
  return {
    isMarker: (line) =>
      isBrief(line) && markers.some((marker) => plainWords(line).includes(marker)),
    namesUs: (line) => isBrief(line) && names.some((name) => line.toLowerCase().includes(name)),
    isSentLine: (line) =>
      sent.shingles.size > 0 &&
      isBrief(line) &&
      isMadeOf(plainWords(line).split(" "), sent.shingles),
    isShortSentLine: (line) => isBrief(line) && sent.shortLines.has(plainWords(line)),
  };
}

function isBrief(line: string): boolean {
  return line.length <= OWN_LINE_CHARS_MAX;
}

function isMadeOf(words: readonly string[], shingles: ReadonlySet<string>): boolean {
  if (words.length < SHINGLE_WORDS) return false;
  return shinglesOf(words).every((shingle) => shingles.has(shingle));
}

function sentShingles(sentText: string): { shingles: Set<string>; shortLines: Set<string> } {
  const lines = sentText.split("\n").map(plainWords);
  const words = lines.flatMap((line) => line.split(" ")).filter((word) => word !== "");
  const shortLines = lines.filter((line) => line !== "" && line.split(" ").length < SHINGLE_WORDS);
  return { shingles: new Set(shinglesOf(words)), shortLines: new Set(shortLines) };
}

function shinglesOf(words: readonly string[]): string[] {
  const count = Math.max(0, words.length - SHINGLE_WORDS + 1);
  return Array.from({ length: count }, (_, start) =>
    words.slice(start, start + SHINGLE_WORDS).join(" "),
  );
}

/** Lower-case words and numbers only, so that re-wrapping, bold marks and quote marks change nothing. */
function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}
