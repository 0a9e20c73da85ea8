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

/** Words between a subject and its verb, or before a verb without one, that change nothing. */
const LIGHT =
  "(?:(?:it )?turns out(?: that)?|as it turns out|have|has|had|'ve|did|do|was|were|am|are|both|all|just|finally|already|also|actually|really|then|even|now|too|each|again|ever so|so|well|yes|yeah|yep|sí|si|ya|ok|okay|hi|hello|hey|and|but|y|good news|great news|update|fyi|note|report|happy to (?:report|say)(?: that)?|glad to (?:report|say)(?: that)?|pleased to (?:report|say)(?: that)?|proud to (?:report|say)(?: that)?|to report|that|sorry|thanks|thank you|please log|log|just wanted to (?:say|report|let you know)(?: that)?|(?:i )?wanted to (?:let you know|say|report|share)(?: that)?|can (?:confirm|report)(?: that)?|so far|this week|together|quickly|recently|officially|eventually|successfully|briefly|happily|in the end|at last|as (?:planned|scheduled|agreed|promised)|nos|lo|la|le|los|las|hemos|⟦\\d+⟧|(?:on|el|at|in|over|by) ⟦\\d+⟧|\\p{L}+ly)";
const LIGHT_ONLY = new RegExp(`^(?:${LIGHT}[\\s,]*)*$`, "u");
const LIGHT_END = new RegExp(`(?:[\\s,]*(?<![\\p{L}'])${LIGHT})*$`, "u");
const DETERMINERS =
  /(?:^|\s)(?:our|the|my|this|that|all|both|four|two|first|informal|an?|intro|both of our|el|la|los|las|nuestr[oa]s?)$/u;

function subjectOf(before: string, written: string): Subject {
  const bare = before.replace(DETERMINERS, "").replace(DETERMINERS, "").trim();
  if (LIGHT_ONLY.test(bare)) return "none";
  const head = bare.replace(LIGHT_END, "").trim();
  const own = pronounAtEnd(head) ?? namedAtEnd(written.slice(0, head.length).trim());
  if (own !== undefined) return own;
  // "We drove out to Harlow and met": the subject of the first verb goes on.
  const first = /\b(?:and|then|y)$/.test(bare)
    ? /^(?:\S+ly |so |then )?(we|i)\b/.exec(bare)?.[1]
    : undefined;
  return first === "we" || first === "i" ? first : "other";
}

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
  /^(?:$|⟦|[.,;!)"'&-]|(?:and|y|with|at|in|on|over|for|during|after|before|near|by|via|from|this|last|around|about|up|again|finally|together|twice|once|as|to|so|because|since|while|then|too|also|already|now|earlier|later|was|is|are|were|has|had|went|per|using|through|between|outside|inside|across|both|all|well|great|nicely|here|there|downtown|uptown|nearby|halfway|first thing|the same (?:day|time|week|afternoon|evening)|that (?:day|same|morning|afternoon|evening|night)|face to face|side by side|line by line|step by step|point by point|in person|one on one|out|off|off to|out to|back|en|el|la|con|por|de|junt[oa]s|ayer|hoy|\p{L}+ly|\d|five|ten|fifteen|twenty|thirty|half|an hour|a few minutes|a while|today|tonight|like|just|thanks|thank you|thx|please|and|within|despite|even|each|of (?:it|them|these|this)|next door|next to)(?![\p{L}])|⟦)/u;

function isCalm(rest: string): boolean {
  return CALM.test(rest.trim());
}
