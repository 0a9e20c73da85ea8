/**
 * Recognises the line a client writes above a quote: "On Tue, Mar 4, 2025 at 9:02 AM Maria wrote:" and
 * its kin in other clients and languages. Every pattern looks at one line of bounded length.
 */

/** No client's introduction is longer, with a long name and address. */
const INTRO_CHARS_MAX = 400;
/** Clients wrap an introduction over at most this many lines. */
export const INTRO_LINES_MAX = 5;

export function isIntroLine(line: string): boolean {
  const text = line.trim();
  if (text.length < 8 || text.length > INTRO_CHARS_MAX) return false;
  return INTROS.some(({ starts, whole }) => starts.test(text) && whole.test(text));
}

/** True when an introduction may begin here, so that joining the next lines is worth a try. */
export function startsIntro(line: string): boolean {
  const text = line.trim();
  if (text.length > INTRO_CHARS_MAX || !/[\p{L}\d]/u.test(text)) return false;
  return INTROS.some(({ starts }) => starts.test(text));
}

/** A year, a clock time, or a day and month: what every introduction holds and few sentences do. */
const HAS_DATE =
  "(?=.{0,200}?(?:\\b(?:19|20)\\d\\d\\b|\\b\\d{1,2}[:.h]\\d\\d\\b|\\b\\d{1,2}[./-]\\d{1,2}[./-]\\d\\d))";

interface Intro {
  readonly starts: RegExp;
  readonly whole: RegExp;
}

function intro(starts: string, ends: string): Intro {
  return {
    starts: new RegExp(`^(?:[-*_~ ]{0,20})(?:${starts})`, "iu"),
    whole: new RegExp(`^${HAS_DATE}.{4,380}(?:${ends})[-*_~ ]{0,20}$`, "iu"),
  };
}

const WROTE = "wrote|writes";

const INTROS: readonly Intro[] = [
  intro("on\\b", `\\b(?:${WROTE})\\s*:\\s*`),
  // Yahoo on Android goes on with the quote in the same line.
  { starts: /^on\b/iu, whole: /^on\b.{5,250}@.{3,150}\bwrote:\s{2,}/iu },
  intro("(?:at|in a message dated)\\b", `\\b(?:${WROTE})\\s*:`),
  // Horde
  {
    starts: /^(?:quoting|zitat von|citando a|citation de|mensaje citado por)\b/iu,
    whole: /^\S.{3,200}<[^<>\s]{1,64}@[^<>\s]{3,120}>\s?:$/u,
  },
  // The Bat: "Tuesday, March 3, 2026, 10:02:11 AM, you wrote:"
  {
    starts: /^(?=.{0,40}\d)\p{L}/u,
    whole: /^(?=.{0,120}\b20\d\d\b)(?=.{0,160}\d:\d\d).{10,300}\b(?:wrote|writes)\s?:$/iu,
  },
  intro("el\\b|en fecha", "escribi[oó]\\s*:\\s*"),
  intro("am\\b|vom\\b|um\\b", "schrieb\\b.{0,200}:|geschrieben\\s*:"),
  intro("le\\b", "(?:a\\s+[ée]crit|[ée]crivait)\\s*:\\s*"),
  intro("il\\b", "ha scritto\\s*:"),
  intro("op\\b", "(?:schreef|geschreven)\\b.{0,200}:"),
  intro("em\\b|no dia", "escreveu\\s*:"),
  intro("den\\b|på\\b", "(?:skrev|skreiv)\\b.{0,200}:"),
  intro("dnia|w dniu", "(?:napisał\\(?a?\\)?|pisze)\\s*:"),
  // Other languages: the verb alone is enough beside a day and a clock time.
  intro(
    "(?=.{0,60}\\d)\\S",
    "(?:пишет|пише|написала?|写道|寫道|のメール|님이 작성|님이 쓴 글|napsala?|napsal\\(a\\)|kirjoitti|írta|yazdı|şunu yazdı|skrev|va escriure|a scris|έγραψε|đã viết|כתב|كتب)\\s*[:：]",
  ),
  // "2025-03-04 9:02 GMT-05:00 Maria Ortiz <maria@county.example>:"
  intro("\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}\\b", "<[^<>\\s]{3,120}@[^<>\\s]{3,120}>\\s*:"),
  // "Maria Ortiz <maria@county.example> wrote on 03/04/2025 09:02:11 AM:" and "... wrote:" (Lotus, KMail)
  intro(
    '["<\\p{L}]',
    `\\b(?:${WROTE}|schrieb|escribi[oó]|a [ée]crit)\\b\\s*(?:on|am|el|le)\\b.{4,80}:?`,
  ),
  // Zoho: "---- On Tue, 04 Mar 2025 09:02:11 -0500 Maria <maria@x.example> wrote ----"
  intro("on\\b", "wrote\\s*-{2,8}"),
  // Lotus Notes on a line of its own: "-----Maria Ortiz wrote: -----", "-----maria@x.example wrote: -----"
  { starts: /^-{3,8}\s?[^-\s]/u, whole: /^-{3,8}\s?.{3,150}\bwrote:\s?-{3,8}$/u },
  // Spark and Readdle: "On Mar 4, 2025, 9:02 AM -0500, Maria <m@x.example>, wrote:" is covered by "on"
  // Plain mail, pine: "Maria Ortiz wrote:" or "Maria Ortiz <m@x.example> writes:"
  {
    starts: /^["<\p{L}]/u,
    whole:
      /^(?:"?[\p{L}'.-]{1,30}(?:,? [\p{L}'.-]{1,30}){0,4}"? )?<?[^<>\s]{1,64}@[^<>\s]{3,120}>?(?: \([^()]{1,60}\))?,? (?:wrote|writes|schrieb|escribi[oó]|a [ée]crit) ?:$/u,
  },
  // GroupWise: >>> "Maria Ortiz" <m@x.example> 3/4/2025 9:02 AM >>>
  {
    starts: /^>>>/u,
    whole: /^>>>\s.{3,300}(?:>>>|\d{1,2}:\d\d(?: ?[AP]M)?|in message .{3,250}wrote:)\s*$/iu,
  },
  // Lotus Notes in a line: "Maria Ortiz ---03/04/2025 09:02:11 AM---the first words"
  { starts: /^\p{L}/u, whole: /^.{3,100} ---\d{1,2}\/\d{1,2}\/\d{4} \d\d:\d\d:\d\d [AP]M---/u },
  // Any language: a day, a clock time, and an address with a colon behind it
  {
    starts: /^(?=.{0,60}\d)\S/u,
    whole: /^(?=.{0,120}\d{4})(?=.{0,160}\d{1,2}:\d\d).{8,200}<[^<>\s]{1,64}@[^<>\s]{3,120}>\s?:$/u,
  },
];

/** "-----Original Message-----" and "---------- Forwarded message ----------" in the languages of our partners. */
export function isQuoteDivider(line: string): boolean {
  const text = line.trim();
  return text.length <= 120 && (DIVIDER.test(text) || ANSWER_ABOVE.test(text));
}

/** The marker lines of ticket systems, and ours even where nobody told us about it. */
const ANSWER_ABOVE =
  /^[\W_]{0,20}(?:please )?(?:type (?:your )?|write (?:your )?|enter (?:your )?)?(?:reply|respond|response|answer) (?:above|over) this line\b|^[\W_]{0,20}(?:por favor )?responda (?:por encima|arriba) de esta línea\b/iu;

const DIVIDER =
  /^(?:original (?:message|e-?mail|appointment)|mensaje original|[-_*=]{2,40}\s*(?:(?:original|reply|ursprüngliche|originale?|original-?)\s*(?:message|e?-?mail|nachricht|appointment)|(?:mensaje|mensagem|correo) original|(?:message|courriel) (?:d['’]origine|original|transféré)|messaggio originale|oorspronkelijk bericht|urspr(?:ünglich|ungligt)e? (?:nachricht|meddelande)|original(?:nachricht|t meddelande|meddelelse)|(?:forwarded|fwd|begin forwarded) (?:message|mail|by.{1,60})|weitergeleitete nachricht|mensaje reenviado|message transféré|original message)\s*[-_*=]{0,40}|begin forwarded message:|inicio del mensaje reenviado:|début du message (?:transféré|réexpédié)\s?:|anfang der weitergeleiteten (?:nachricht|e-mail):|anfang der weitergeleiteten nachricht:)$/iu;

/** Keys of the header block that Outlook and phones put above an original. */
export type HeaderKey = "from" | "date" | "to" | "subject" | "other";

export function headerKeyOf(line: string): HeaderKey | undefined {
  const key = HEADER_LINE.exec(line.slice(0, 80).trim())?.[1];
  return key === undefined ? undefined : HEADER_KEYS.get(key.toLowerCase());
}

/** Whatever stands before the first colon; a table knows the keys faster than a pattern of them all. */
const HEADER_LINE = /^[*_| ]{0,4}(\p{L}(?:[\p{L} -]{0,20}\p{L})?)\s?[*_]{0,2}\s?[:：]/u;

const HEADER_KEYS: ReadonlyMap<string, HeaderKey> = new Map(
  Object.entries({
    from: "from",
    de: "from",
    von: "from",
    da: "from",
    van: "from",
    från: "from",
    fra: "from",
    expéditeur: "from",
    sent: "date",
    date: "date",
    enviado: "date",
    "enviado el": "date",
    fecha: "date",
    gesendet: "date",
    datum: "date",
    envoyé: "date",
    "envoyé le": "date",
    inviato: "date",
    data: "date",
    verzonden: "date",
    enviada: "date",
    "enviada em": "date",
    skickat: "date",
    sendt: "date",
    to: "to",
    para: "to",
    an: "to",
    à: "to",
    a: "to",
    aan: "to",
    till: "to",
    til: "to",
    destinatario: "to",
    subject: "subject",
    asunto: "subject",
    betreff: "subject",
    objet: "subject",
    oggetto: "subject",
    onderwerp: "subject",
    assunto: "subject",
    ämne: "subject",
    emne: "subject",
    od: "from",
    kimden: "from",
    lähettäjä: "from",
    от: "from",
    від: "from",
    发件人: "from",
    寄件者: "from",
    差出人: "from",
    "보낸 사람": "from",
    gönderilen: "date",
    "gönderme tarihi": "date",
    lähetetty: "date",
    wysłano: "date",
    odesláno: "date",
    отправлено: "date",
    дата: "date",
    发送时间: "date",
    寄件日期: "date",
    送信日時: "date",
    "보낸 날짜": "date",
    do: "to",
    komu: "to",
    kime: "to",
    vastaanottaja: "to",
    кому: "to",
    收件人: "to",
    收件者: "to",
    宛先: "to",
    "받는 사람": "to",
    temat: "subject",
    předmět: "subject",
    konu: "subject",
    aihe: "subject",
    тема: "subject",
    主题: "subject",
    主旨: "subject",
    件名: "subject",
    제목: "subject",
    cc: "other",
    bcc: "other",
    kopie: "other",
    importance: "other",
    attachments: "other",
    "reply-to": "other",
    "sent by": "other",
    organization: "other",
  } as const),
);
