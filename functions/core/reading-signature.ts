/** A text parted into what the person says and how they sign it. */
export interface SignedText {
  readonly body: string;
  readonly signature: string;
}

/**
 * Cuts off a signature, a phone's advertisement and legal footers, with or without a delimiter.
 *
 * A line goes only when everything below it looks like a signature too, and never one that holds a
 * word people answer with: a signature too much in the text costs little, a lost word costs a log.
 *
 * @param fromName display name of the sender where it is known; then a lone last line "Maria" is a signature
 */
export function splitSignature(text: string, fromName = ""): SignedText {
  const lines = text.split("\n");
  const legal = findLegalNotice(lines);
  const found = findSignature(lines.slice(0, legal), nameTokens(fromName)) ?? legal;
  // A delimiter with only a notice below it, as mailing lists append.
  const start = lines.slice(0, found).every((line) => DELIMITER_OR_BLANK.test(line)) ? 0 : found;
  const body = lines.slice(0, start);
  const adverts = body.filter(isAdvert);
  return {
    body: trimBlank(body.filter((line) => !isAdvert(line))).join("\n"),
    signature: trimBlank([...adverts, ...lines.slice(start)]).join("\n"),
  };
}

const DELIMITER_OR_BLANK = /^\s*(?:--|—|–)?\s*$/;

/** A signature without a delimiter is looked for in this many last lines only. */
const SIGNATURE_LINES_MAX = 40;
const LINE_CHARS_MAX = 120;

function trimBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}

function findLegalNotice(lines: readonly string[]): number {
  const found = lines.findIndex(
    (line, at) =>
      at > 0 &&
      LEGAL.test(line.slice(0, 400)) &&
      lines.slice(0, at).some((above) => /\S/.test(above)),
  );
  return found < 0 ? lines.length : found;
}

const LEGAL =
  /^[\s*_>"'-]{0,10}(?:confidential(?:ity)?(?: (?:notice|note|statement|communication|information|e-?mail))?\s*[:.—-]|confidential(?:ity)? (?:notice|statement|e-?mail)|(?:privileged|legal|important|privacy|electronic mail|e-?mail)?\s?(?:and confidential|confidentiality)? ?(?:notice|disclaimer)\s*:|(?:legal )?disclaimer\b|privileged (?:and|&) confidential|this (?:e-?mail|message|electronic (?:mail|message|communication)|communication|transmission)\b.{0,120}\b(?:intended|confidential|privileged|attachments?|may contain|contains?|is for)|the (?:information|contents?)(?: contained)? (?:in|of|transmitted)\b.{0,60}\b(?:e-?mail|message|transmission|communication)|if you (?:are not the intended|have received this)|please consider the environment|la informaci[oó]n contenida en este|este (?:correo|mensaje|e-?mail)\b.{0,120}\b(?:confidencial|destinat|dirigido)|aviso (?:de confidencialidad|legal)|nota de confidencialidad|diese (?:e-?mail|nachricht) (?:enthält|kann)|ce (?:message|courriel|courrier)\b.{0,80}\bconfidentiel|virus-free\.|scanned by|you received this message because you are subscribed|to unsubscribe from this group)/i;

function isAdvert(line: string): boolean {
  return line.length <= 200 && ADVERT.test(line.trim());
}

const DEVICE =
  "(?:i?phone|ipad|ipod|galaxy|android|samsung|blackberry|mobile|smart ?phone|cell|phone|device|handheld|tablet|windows phone|pixel|motorola|nokia|htc|lg|verizon|at&t|t-mobile|sprint|boost|metro|cricket|tel[eé]fono|m[oó]vil|celular|dispositivo|handy|portable|mobil(?:telefon|en)?)";
const PRODUCT =
  "(?:(?:yahoo|aol|proton|zoho|outlook|gmail|samsung|apple|fastmail|gmx|web\\.de|hey|spark|airmail|mailbird|thunderbird|nine|k-9|blackberry|edison|boxer|newton|rediff|icloud|comcast|xfinity|touchdown|superhuman|missive|canary|polymail)\\b.{0,80}|mail (?:for|app).{0,40}|tuta(?:nota)?.{0,40}|workspace one.{0,20})";
const ADVERT = new RegExp(
  `^[*_ ]{0,3}(?:(?:sent|gesendet|env(?:oy|iad)[oéa]e?|verzonden|inviato|skickat|sendt|verstuurd) (?:(?:wirelessly|securely) )?(?:from|via|using|with|by|on|von|vom|desde|depuis|de|mit|da|do|van|från|fra) (?:(?:my|mi|meinem|meu|mon|mijn|il mio|the|el|a|an|your) )?(?:.{0,40}\\b${DEVICE}\\b.{0,40}|${PRODUCT})(?:[<(\\[].{0,160})?|von meine[mr] .{1,30} gesendet|get outlook for .{1,20}(?:<.{0,150}>|\\(.{0,150}\\))?|obtener outlook para .{1,20}(?:<.{0,150}>)?|outlook (?:für|pour|para) .{1,20}(?:<.{0,150}>)?|t[eé]l[eé]charger outlook .{1,30}|(?:please )?(?:excuse|pardon|forgive|sorry for) (?:any|the|my)? ?(?:typos|brevity|spelling|errors|mistakes|autocorrect).{0,60}|yahoo mail: .{1,80})[.!*_ ]{0,3}$`,
  "i",
);

type LineKind = "blank" | "opener" | "strong" | "weak" | "other";

function findSignature(lines: readonly string[], name: ReadonlySet<string>): number | undefined {
  const first = lines.findIndex((line) => line.trim() !== "");
  const delimiter = lines.findIndex((line, at) => at > first && /^(?:--|—|–)\s?$/.test(line));
  const end = delimiter < 0 ? lines.length : delimiter;
  const from = Math.max(first + 1, end - SIGNATURE_LINES_MAX);
  for (let at = from; first >= 0 && at < end; at += 1) {
    if (opensSignature(lines.slice(at, end), name)) return at;
  }
  return delimiter < 0 ? undefined : delimiter;
}

/** Does a signature start at the first of these lines and last to the end? */
function opensSignature(lines: readonly string[], name: ReadonlySet<string>): boolean {
  const kinds = lines.map((line) => kindOf(line, name));
  if (kinds[0] === "blank" || kinds[0] === "other") return false;
  const strong = kinds.filter((kind) => kind === "strong").length;
  if (!isAllSignature(lines, kinds)) return false;
  const written = kinds.filter((kind) => kind !== "blank").length;
  if (kinds[0] === "opener") return written > 1 || isWholeClosing(lines[0] ?? "", name);
  if (isFullName(lines[0] ?? "", name) && written <= 6) return true;
  if (strong > 0) return strong + 1 >= written / 2 || isTitled(lines[0] ?? "");
  if (written === 1 && DASHED_NAME.test((lines[0] ?? "").trim())) return true;
  return written <= 2 && isNameOf(lines.join(" "), name);
}

/** A line that says something ends the hope, unless it is a motto below contacts or in quotes. */
function isAllSignature(lines: readonly string[], kinds: readonly LineKind[]): boolean {
  let strong = 0;
  return kinds.every((kind, at) => {
    if (kind === "strong") strong += 1;
    return kind !== "other" || isMotto(lines[at] ?? "", strong);
  });
}

function isMotto(line: string, contactsAbove: number): boolean {
  if (line.length > 300 || hasReplyWord(line)) return false;
  if (/^\s*["“”'].{3,200}["“”'](?:\s*[-–—].{2,40})?$/.test(line)) return true;
  const speaks = /^\s*p\.?\s?s\b/i.test(line) || /\b(?:I|I'm|I'll|my|we've)\b/.test(line);
  return contactsAbove >= 2 && !speaks;
}

/** At least two words of the sender's name and nothing else. */
function isFullName(line: string, name: ReadonlySet<string>): boolean {
  return isNameOf(line, name) && line.trim().split(/\s+/).length >= 2;
}

function kindOf(line: string, name: ReadonlySet<string>): LineKind {
  const text = line.trim();
  if (text === "") return "blank";
  if (isAdvert(text) || FIXTURE.test(text)) return "strong";
  if (text.length > LINE_CHARS_MAX) return "other";
  if (/^[_=*~-]{2,80}$/.test(text)) return "opener";
  if (CLOSING.test(text)) return "opener";
  if (isNameOf(text, name) && !says(text, ANSWER_WORDS)) return "weak";
  // A bare month says no day; below a signature it is a person.
  if (/^(?:April|May|June|August|Sunday)[,.]?$/.test(text)) return "weak";
  if (isSentence(text)) return "other";
  if (CONTACT.test(text)) return "strong";
  if (says(text, ANSWER_WORDS) || (says(text, CALENDAR_WORDS) && !isTwoNames(text))) return "other";
  if (TITLE.test(text)) return "strong";
  return isCapitalised(text) || DASHED_NAME.test(text) ? "weak" : "other";
}

/** "June Park" is a name although June is a month; "March 4" and "Friday" are not. */
function isTwoNames(text: string): boolean {
  return isCapitalised(text) && !/\d/.test(text) && /\p{L}\s+\p{L}/u.test(text);
}

const DASHED_NAME = /^[-—–~] ?\p{Lu}[\p{L}.]{0,20}$/u;
/** Pictures, links and lines that agencies put below every mail. */
const FIXTURE =
  /^[[<](?:cid:|image|logo|picture|https?:|a (?:picture|logo|close)|[\w .,'-]{0,60}(?:seal|logo|badge|icon|banner|picture|image))[^\]>]{0,200}[\]>]$|^(?:(?:facebook|instagram|twitter|linkedin|youtube|x|website|web)\b[ |•·,/]*){2,}$|^follow us\b|\bworking hours\b|\b(?:crisis|emergency|immediate danger|24[- ]?(?:hour|hr)|hotline)\b.{0,60}\b(?:call|text|dial|line|hotline)?\b.{0,30}\d{3}/i;

const CLOSINGS =
  "thanks(?: (?:again|so much|a lot|much|in advance|everyone|all|very much))?|many thanks|thank you(?: (?:again|so much|very much|kindly|in advance))?|thx|ty|(?:best|kind|warm|kindest|warmest|with)? ?regards|(?:all the |my )?best(?: wishes)?|warmly|warm wishes|sincerely(?: yours)?|yours(?: (?:truly|sincerely|faithfully))?|respectfully(?: (?:yours|submitted))?|very respectfully|v\\/?\\s?r|r\\/|cheers|cordially|in (?:service|solidarity|partnership|peace)|with gratitude|gratefully|be (?:safe|well)|stay (?:safe|well|healthy)|take care|talk soon|have a (?:great|good|nice|safe|wonderful) (?:day|one|week|weekend|evening|shift)|gracias|muchas gracias|mil gracias|saludos(?: cordiales)?|un saludo|cordialmente|atentamente|atte|respetuosamente|un abrazo|mit (?:freundlichen|besten) gr[üu][ßs]+en|mfg|viele gr[üu][ßs]+e|(?:beste|liebe|herzliche) gr[üu][ßs]+e|vg|lg|cordialement|bien (?:à vous|cordialement)|merci(?: beaucoup)?|cdt";
/** The phrase alone, or with one name behind it: "Thanks, Maria". */
const CLOSING = new RegExp(
  `^(?:${CLOSINGS})\\s?[,.!–—-]{0,2}(?:\\s+[-–—]?\\s?(?!Common\\b)\\p{Lu}[\\p{L}.'’-]{0,20}(?:\\s\\p{Lu}[\\p{L}.'’-]{0,20}){0,3})?$`,
  "iu",
);
/** What nobody says for its own sake: it is a signature even with nothing below. */
const FORMAL =
  /^(?:.{0,8}regards|sincerely.{0,6}|respectfully.{0,10}|very respectfully|v\/?\s?r|r\/|cordially|atentamente|atte|saludos cordiales|mit .{0,20}gr[üu][ßs]+en|mfg|cordialement)[,.]?$/i;

function isWholeClosing(line: string, name: ReadonlySet<string>): boolean {
  const text = line.trim();
  if (FORMAL.test(text)) return true;
  // "Thanks, Maria" with nothing below is a signature when Maria sent it.
  const signer = /[,.!–—-]\s+(.{2,60})$/.exec(text)?.[1];
  return (
    signer !== undefined && (isNameOf(signer, name) || (name.size === 0 && !hasReplyWord(signer)))
  );
}

const PHONE =
  "(?:\\+?\\d{1,3}[ .-]?)?\\(?\\d{3}\\)?[ .\\/-]{0,3}\\d{3}[ .-]\\d{4}\\b|\\b\\d{3}[-.]\\d{4}\\b";
const CONTACT = new RegExp(
  `${PHONE}|\\S@\\S+\\.\\S|https?:\\/\\/|\\bwww\\.|\\b[a-z0-9-]{2,40}\\.(?:org|gov|com|net|us|example)\\b|\\bext\\.? ?\\d|\\b(?:badge|shield|star|serial|id)\\s?(?:#|no\\.?|number|num)?\\s?[:#]?\\s?\\d|#\\s?\\d{2,6}\\b|\\b(?:po|p\\.o\\.) box \\d|\\b[A-Z]{2},? \\d{5}(?:-\\d{4})?\\b|\\b(?:suite|ste|floor|fl|room|rm)\\.? ?#?\\d|^\\d{1,5} (?:[NSEW]\\.? )?[A-Z].{2,40}\\b(?:st|street|ave|avenue|rd|road|blvd|dr|drive|ln|lane|hwy|highway|plaza|way|pkwy|court|ct)\\b\\.?|^(?:office|cell|mobile|tel|telephone|phone|ph|fax|direct|desk|main|dispatch|hotline|o|c|m|p|t|f|d|e|w|e-?mail|hours|pronouns)\\s?[:.|)]|\\((?:she|he|they|ella|[eé]l)(?:\\/\\w{2,6}){1,2}\\)|^(?:she|he|they)\\/\\w{2,6}`,
  "i",
);
const TITLE =
  /\b(?:detective|det\.|sergeant|sgt\.?|lieutenant|lt\.|officer|ofc\.?|captain|capt\.|chief|deputy|trooper|investigator|inspector|special agent|sheriff(?:'s)?|commander|director|coordinator|manager|advocate|supervisor|counsel(?:l)?or|specialist|case ?worker|lcsw|lmsw|msw|ph\.?d|esq|attorney|program|services|department|dept|police|unit|bureau|division|county|agency|center|centre|shelter|coalition|alliance|task force|inc|llc|ngo|network|foundation|district|precinct|worker|technician|intern|volunteer|analyst|liaison|executive|president|administrator|assistant|associate|defensora?|directora?|coordinadora?|trabajadora? social)\b/i;

function isTitled(line: string): boolean {
  return /^(?:det|sgt|lt|ofc|capt|cpl|dep|inv|insp|sa|dr|mr|mrs|ms)\b\.?|^(?:detective|sergeant|lieutenant|officer|captain|chief|deputy|trooper|investigator|special agent)\b/i.test(
    line.trim(),
  );
}

/** Words only sentences have; a line of a signature has names, titles and numbers. */
function isSentence(text: string): boolean {
  if (text.split(/\s+/).length < 3) return false;
  return /(?:^|[\s"(])(?:i|i'm|i'll|i've|we|we're|we've|we'll|you|he|she|it|they|is|are|was|were|will|would|have|has|had|did|do|can|can't|could|should|me|us|him|her|that|this|please|nos|ya|está|estoy|hemos|tengo|fue)(?=[\s,.!?']|$)/i.test(
    text.replace(/\((?:she|he|they)\/[^)]*\)|\b(?:she|he|they)\/\w+(?:\/\w+)?/gi, ""),
  );
}

function isCapitalised(text: string): boolean {
  const words = text.split(/[\s,|/&•·-]+/).filter((word) => word !== "");
  if (words.length === 0 || words.length > 9 || /[!?]$/.test(text)) return false;
  return words.every((word) => /^[\p{Lu}\d("#*.]/u.test(word) || SMALL_WORDS.has(word));
}

const SMALL_WORDS = new Set([
  "of",
  "the",
  "and",
  "for",
  "in",
  "at",
  "de",
  "del",
  "la",
  "y",
  "los",
  "von",
  "van",
  "to",
]);

function nameTokens(fromName: string): ReadonlySet<string> {
  const words = fromName.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  const initials = words.map((word) => word[0] ?? "").join("");
  return new Set(initials.length >= 2 ? [...words, initials] : words);
}

function isNameOf(text: string, name: ReadonlySet<string>): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length === 0 || words.length > 5 || /\d/.test(text)) return false;
  const isKnown = (word: string) =>
    name.has(word) ||
    word.length === 1 ||
    /^(?:det|sgt|lt|ofc|capt|cpl|detective|sergeant|officer|dr|mr|mrs|ms)$/.test(word);
  return words.some((word) => name.has(word)) && words.every(isKnown);
}

function says(text: string, words: ReadonlySet<string>): boolean {
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => words.has(word));
}

function hasReplyWord(text: string): boolean {
  return says(text, ANSWER_WORDS) || says(text, CALENDAR_WORDS);
}

/** Words of answers: no line with one of them is taken for a name or a title. */
const ANSWER_WORDS: ReadonlySet<string> = new Set(
  (
    "done met meet meeting yes yeah yep no nope not yet never call called coffee lunch list lists numbers boxes swapped " +
    "trained reset talked talk spoke later snooze stop unsubscribe pause resume restart help sent signed reviewed drafted " +
    "keep wait end start fix disagree handover invited revise need have had did will today tomorrow yesterday finished " +
    "complete completed ok okay great good soon next last week month remind reminder hecho si sí todavía todavia aún aun " +
    "listo alto pausa seguir ayuda recordar hablamos reunimos ayer hoy mañana"
  ).split(" "),
);
const CALENDAR_WORDS: ReadonlySet<string> = new Set(
  (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august " +
    "september october november december lunes martes miércoles jueves viernes sábado domingo"
  ).split(" "),
);
