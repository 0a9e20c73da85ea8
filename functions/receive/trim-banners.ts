/**
 * Which lines are warnings a mail gateway put into the text ("[EXTERNAL]", "CAUTION: this email
 * originated outside ..."), so that none of their words is taken for the person's.
 */
export function findBanners(lines: readonly string[]): ReadonlySet<number> {
  const banner = new Set<number>();
  for (let at = 0; at < lines.length; at += 1) {
    if (!startsBanner(lines, at)) continue;
    const end = bannerEnd(lines, at);
    for (let line = at; line < end; line += 1) banner.add(line);
    at = end - 1;
  }
  return banner;
}

/** "[EXTERNAL] Done" keeps its word. */
export function withoutTag(line: string): string {
  return line.replace(TAG, "");
}

const LINE_CHARS_MAX = 600;
const BANNER_LINES_MAX = 8;

const TAG =
  /^\s{0,8}[[({<*]{1,3}\s?(?:external|ext|externo|extern|externe)(?:[ :-](?:e-?mail|sender|message|mail|source|correo|remitente))?\s?[\])}>*]{1,3}:?\s*/i;
const TAG_ALONE =
  /^[\s*#=~!⚠-]{0,20}(?:external|externo)(?: (?:e-?mail|sender|message|mail|source))?(?: (?:warning|alert|notice))?[\s*#=~!:-]{0,20}$/i;
const WARNING =
  /^[\s*#=~![(⚠-]{0,20}(?:caution|warning|attention|notice|alert|be careful|security (?:notice|alert|warning)|external (?:e-?mail|sender|message)|achtung|vorsicht|advertencia|precauci[oó]n|atenci[oó]n|aviso|avertissement)\b/i;
const FROM_OUTSIDE =
  /\b(?:outside (?:of )?(?:the|your|our|this)?|external (?:e-?mail|sender|source|to)|from an external|extern(?:al|en|er|e)?\b.{0,40}\b(?:absender|mail|organi[sz])|(?:origin[oó]|proviene|viene) (?:de )?fuera|fuera de (?:la|su|nuestra)|au[sß]+erhalb|provient de l['’]ext[ée]rieur|ext[ée]rieur de)/i;
const WHOLE_SENTENCE =
  /^[\s*#=~!⚠[(-]{0,20}(?:this (?:e-?mail|message) (?:originated|came|is|was sent|has been sent|has originated|was received) (?:from )?(?:outside|an external|from an external|from outside|from an untrusted)|you don['’]t often get e?-?mails? from|this sender .{0,60}(?:outside|external|first time)|este (?:correo|mensaje) (?:electr[oó]nico )?(?:se origin[oó]|proviene|viene) (?:de )?fuera|diese (?:e-?mail|nachricht) (?:stammt|kommt) (?:von au[sß]+erhalb|von einem externen))/i;
const GOES_ON =
  /\b(?:links?|attachments?|sender|recogni[sz]e|content is safe|phish|suspicious|verify|trust(?:ed)?|open|report|external|outside|learn (?:why|more)|enlaces?|adjuntos?|archivos|remitente|reconozca|anhänge|absender|pièces jointes|liens)\b/i;

function startsBanner(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  if (line.length > LINE_CHARS_MAX || line.trim() === "") return false;
  if (/BannerStart$/.test(line.trim())) return true;
  if (line.replace(TAG, "").trim() === "" || TAG_ALONE.test(line)) return true;
  if (WHOLE_SENTENCE.test(line)) return true;
  // The warning may stand in a heading of its own, with its sentence below.
  return (
    WARNING.test(line) &&
    FROM_OUTSIDE.test(`${line} ${lines[at + 1] ?? ""} ${lines[at + 2] ?? ""}`.slice(0, 1_000))
  );
}

function bannerEnd(lines: readonly string[], start: number): number {
  const limit = Math.min(lines.length, start + BANNER_LINES_MAX);
  if (/BannerStart$/.test((lines[start] ?? "").trim())) return markedEnd(lines, start);
  let end = start + 1;
  while (end < limit && isMoreBanner(lines[end] ?? "")) end += 1;
  return end;
}

/** Proofpoint frames its banner in marks that plain text shows. */
function markedEnd(lines: readonly string[], start: number): number {
  const limit = Math.min(lines.length, start + 3 * BANNER_LINES_MAX);
  for (let at = start; at < limit; at += 1) {
    if (/BannerEnd$/.test((lines[at] ?? "").trim())) return at + 1;
  }
  return start + 1;
}

function isMoreBanner(line: string): boolean {
  const text = line.trim();
  if (text === "" || text.length > LINE_CHARS_MAX) return false;
  return /^[-*_=#~!]{3,}$/.test(text) || GOES_ON.test(text);
}
