import type { Clause } from "./reading-text.ts";

/** Who did it, as far as the clause tells. */
export type Subject = "we" | "i" | "partner" | "none" | "other";

/** What stands around a phrase that says something happened. */
export interface Frame {
  readonly subject: Subject;
  /** Whom it was done with: the partner, plainly somebody else, or nobody is named. */
  readonly company: "partner" | "other" | "none";
  /** True when the words behind the phrase leave its meaning alone ("yesterday", "at the diner"). */
  readonly isCalm: boolean;
}

/**
 * Reads the words before and behind a phrase. "We met" says it; "we met our match" and "legal reviewed
 * the MOU" hold the same words, and only what stands around them tells.
 */
export function frameOf(clause: Clause, at: number, end: number): Frame {
  const before = clause.text.slice(0, at).trim();
  const rest = clause.text.slice(end);
  const written = clause.written.slice(end);
  return {
    subject: subjectOf(before, clause.written.slice(0, at).trim()),
    company: companyOf(rest, written),
    isCalm: isCalm(rest) || startsWithPartner(rest.trim(), written.trim()),
  };
}

/** Words between a subject and its verb, or before a verb without one, that change nothing; longer ones first. */
const LIGHT = anyOf([
  "(?:it )?turns out(?: that)?",
  "as it turns out",
  "(?:happy|glad|pleased|proud) to (?:report|say)(?: that)?",
  "(?:i )?(?:just )?wanted to (?:let you know|say|report|share)(?: that)?",
  "can (?:confirm|report)(?: that)?",
  "(?:good|great) news",
  "to report",
  "please log",
  "thank you",
  "so far",
  "this week",
  "ever so",
  "in the end",
  "at last",
  "as (?:planned|scheduled|agreed|promised)",
  "(?:on|el|at|in|over|by) ⟦\\d+⟧",
  "⟦\\d+⟧",
  "have|has|had|did|do|was|were|am|are|both|all|just|finally|already|also|actually|really|then|even|now|too|each|again|so|well|yes|yeah|yep|sí|si|ya|ok|okay|hi|hello|hey|and|but|y|update|fyi|note|report|log|that|sorry|thanks|together|nos|lo|la|le|los|las|hemos",
  "\\p{L}+ly",
]);

function anyOf(phrases: readonly string[]): RegExp {
  return new RegExp(`[\\s,]*(?:'ve\\b|(?:${phrases.join("|")})(?![\\p{L}\\p{N}']))[\\s,]*`, "uy");
}

/** Is the text nothing but light words? Step by step, because one pattern for it all could be made to search for ever. */
function isLight(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    LIGHT.lastIndex = at;
    const step = LIGHT.exec(text)?.[0].length ?? 0;
    if (step === 0) return false;
    at += step;
  }
  return true;
}

/** How many words behind a subject may be light. */
const LIGHT_WORDS_MAX = 8;

/** The text without the light words at its end. */
function withoutLightEnd(text: string): string {
  const words = [...text.matchAll(/\S+/g)].slice(-LIGHT_WORDS_MAX);
  const light = words.find(({ index }) => isLight(text.slice(index)));
  return light ? text.slice(0, light.index).trim() : text;
}

const DETERMINERS =
  /(?:^|\s)(?:our|the|my|this|that|all|both|four|two|first|informal|an?|intro|both of our|el|la|los|las|nuestr[oa]s?)$/u;

function subjectOf(before: string, written: string): Subject {
  const bare = before.replace(DETERMINERS, "").replace(DETERMINERS, "").trim();
  if (isLight(bare)) return "none";
  const head = withoutLightEnd(bare);
  const own = pronounAtEnd(head) ?? namedAtEnd(written.slice(0, head.length).trim());
  if (own !== undefined) return own;
  // "We drove out to Harlow and met": the subject of the first verb goes on.
  const first = /\b(?:and|then|y)$/.test(bare)
    ? /^(?:\S+ly |so |then )?(we|i)\b/.exec(bare)?.[1]
    : undefined;
  if (first === "we" || first === "i") return first;
  // "Sat down yesterday and looked back": both verbs go without.
  return ELIDED.test(bare) ? "none" : "other";
}

const ELIDED =
  /^(?:finally |just |then |so )?(?:\w+ed|met|had|sat|went|did|got|spoke|sent|took|drove|ran) .{0,60}\b(?:and|then|y)$/;

function pronounAtEnd(head: string): Subject | undefined {
  if (
    /(?:^|\s|\()(?:\S+ and i|i and \S+|we|we both|both of us|the two of us|two of us|us two|us both|us|nosotr[oa]s)$/.test(
      head,
    )
  )
    return "we";
  if (/(?:^|\s)i$/.test(head) || head === "yo") return "i";
  if (
    /(?:^|\s)(?:he|she|(?:my|our|the) (?:\S+ )?(?:partner|counterpart)|mi compañer[oa]|ella|él)$/.test(
      head,
    )
  )
    return "partner";
  return undefined;
}

const TITLE =
  "(?:Det|Sgt|Lt|Ofc|Officer|Detective|Sergeant|Deputy|Trooper|Investigator|Inv|Capt|Cpl|Agent|Special Agent|Advocate|Ms|Mr|Mrs|Dr)\\.? ";
const NAME = "\\p{Lu}[\\p{Ll}'’.-]+(?: \\p{Lu}[\\p{L}'’.-]*){0,2}";
/** Capitalised words that are no person. */
const NO_PERSON =
  /\b(?:The|This|That|These|Our|My|Your|Legal|Human|Resources|Department|Dept|County|Police|City|State|Team|Center|Board|Office|Task|Force|Command|Unit|Court|Opera|Everyone|Nobody|Somebody|Someone|Both|All|Yes|No|Ok|Hi|Hello|Sorry|Leadership|Dispatch|Records|Training|Church|School|Hospital|Congress|Senator|Mayor|Judge|Yesterday|Today|Then|Last|Next|After|Before|When|If|Also|Just|Finally|Zoom|Teams|Webex)\b/;

function namedAtEnd(written: string): Subject | undefined {
  const match = new RegExp(`(?:^|\\s)((?:${TITLE})?${NAME})$`, "u").exec(written);
  return match?.[1] !== undefined && !NO_PERSON.test(match[1]) ? "partner" : undefined;
}

const PARTNER_WORD =
  /^(?:him|her|them|each other|one another|me|us|(?:my|our|the|his|her|their) (?:\S+ ){0,3}?(?:partner|counterpart)|partner|(?:det|sgt|lt|ofc|officer|detective|sergeant|deputy|trooper|investigator)\.? (?!in\b|of\b|from\b|and\b)\p{L}+|mi (?:\S+ )?compañer[oa]|(?:él|ella|ellos|ellas))(?![\p{L}'])(?!\s(?:supervisors?|boss|sergeant|lieutenant|captain|chief|director|team|staff|colleagues?|receptionist|assistant|office|unit|mother|husband|wife|secretary|voicemail))/u;
const PARTNER_NAME = new RegExp(`^(?:${TITLE})?${NAME}(?=$|[\\s,.;!)])`, "u");

function startsWithPartner(rest: string, written: string): boolean {
  if (PARTNER_WORD.test(rest)) return true;
  const name = PARTNER_NAME.exec(written)?.[0];
  if (name === undefined || NO_PERSON.test(name)) return false;
  return isCalm(rest.slice(name.length));
}

const COMPANY = /(?:^|\s)(?:with|to|con)\s(?:up with\s)?/g;
/** "With a cup of tea", "to plan the next one": no company at all. */
const NO_COMPANY =
  /^(?:(?:a|an|the|some|our|my|no|very|few|great|good|much) )?(?:⟦|no\b|cup|coffee|tea|lunch|help|pleasure|ease|notes?|questions?|lists?|time|success|test|texts?|backups?|it\b|this\b|that\b|plan|talk|discuss|go over|compare|swap|share|introduce|get|catch|learn|see|review|start|begin|meet|say|work|set|the phone|short|an? hour|home|(?:the |an? |our )?(?:diner|caf[eé]|park|library|office|station|place|shop|restaurant)|[a-z]+ing\b)/;

function companyOf(rest: string, written: string): Frame["company"] {
  if (startsWithPartner(rest.trim(), written.trim())) return "partner";
  for (const match of rest.matchAll(COMPANY)) {
    const start = match.index + match[0].length;
    const who = rest.slice(start);
    if (startsWithPartner(who, written.slice(start))) return "partner";
    if (!NO_COMPANY.test(who)) return "other";
  }
  return "none";
}

/** What may follow without changing what was said: the end, a day, a place, a time, or a new thought. */
const CALM =
  /^(?:$|⟦|[.,;!)"'&+-]|(?:and|y|with|at|in|on|over|for|during|after|before|near|by|via|from|this|last|around|about|up|again|finally|together|twice|once|as|to|so|because|since|while|then|too|also|already|now|earlier|later|was|is|are|were|has|had|went|per|from (?:week|wk|lesson|last|the (?:lesson|list))|using|through|between|outside|inside|across|both|all|well|great|nicely|here|there|downtown|uptown|nearby|halfway|first thing|the same (?:day|time|week|afternoon|evening)|that (?:day|same|morning|afternoon|evening|night)|face to face|side by side|line by line|step by step|point by point|in person|one on one|out|off|off to|out to|back|en|el|la|con|por|de|junt[oa]s|ayer|hoy|\p{L}+ly|\d|five|ten|fifteen|twenty|thirty|half|an hour|a few minutes|a while|today|tonight|like|just|también|tambien|thanks|thank you|thx|please|and|within|despite|even|each|of (?:it|them|these|this)|next door|next to)(?![\p{L}])|⟦)/u;

function isCalm(rest: string): boolean {
  return CALM.test(rest.trim());
}
