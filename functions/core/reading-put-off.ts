import type { ActionKind } from "./action.ts";
import { toneOf } from "./reading-guards.ts";
import { datesIn, type Sentence } from "./reading-text.ts";

/**
 * Does the sentence say that the thing is still to come: planned, put off, tried, half done? Then the
 * reply is "not yet", which logs nothing and asks nothing.
 */
export function putsOff(sentence: Sentence): boolean {
  const text = sentence.raw.toLowerCase();
  if (sentence.isQuestion || NOT_ABOUT_US.test(text)) return false;
  return STILL_OPEN.test(text) || planned(sentence, text);
}

/** A denial that names no other thing, so that it takes back what else was said ("but she cancelled"). */
export function deniesPlainly(sentence: Sentence, topic: ActionKind | undefined): boolean {
  const own = topic === undefined ? undefined : OWN_THINGS[topic];
  return sentence.clauses.some(
    ({ text }) =>
      toneOf(text) === "denied" &&
      DENIAL.test(text) &&
      (!OTHER_THING.test(text) || own?.test(text) === true),
  );
}

/** What the mail itself is about: "not about the moments" takes back the talk about them. */
const OWN_THINGS: Readonly<Partial<Record<ActionKind, RegExp>>> = {
  "role-map": /\blists?\b/,
  "tension-preview": /\b(?:moments?|friction|tensions?|hard (?:parts?|stuff)|if-thens?)\b/,
  "trust-checkin": /\bnumbers?\b/,
  "timeline-swap": /\btime ?lines?\b/,
  "info-sharing-map": /\bboxes\b/,
  "mou-draft": /\b(?:draft|outline)\b/,
  debrief: /\b(?:debrief|questions)\b/,
};

const DENIAL =
  /\b(?:not yet|haven'?t|have not|hasn'?t|has not|didn'?t|did not|couldn'?t|could not|can'?t|cannot|wasn'?t|weren'?t|not (?:about|really|exactly|quite|actually|all)|never|fell through|cancel(?:l?ed|s)?|called off|postponed|rescheduled|no[- ]show|voice ?mail|no answer|phone tag|not done|working on|in progress|still (?:need|have to|waiting|trying|working|not)|tried|trying|almost|nearly|half ?way|stood (?:me|us) up|swamped|slammed|no (?:luck|chance|time)|(?:ran|run|running) out of time|pending|failed|missing|incomplete|waiting (?:on|for)|a[uú]n no|todav[ií]a no|no hemos|no he|no pudimos|no pude|no nos|cancel[oó]|pendiente)\b/;
/** "Did not get to the numbers" leaves the meeting standing. */
const OTHER_THING =
  /\b(?:get to|got to|cover|discuss|talk about|go over|finish|reach|start|touch|mention|share (?:any|case|names)|use (?:any )?names|name names|have time (?:for|to)|time (?:for|to)|(?:the|our|her|his|my|their|any) (?:\w+ )?(?:lists?|numbers?|boxes|timelines?|mou|agreement|draft|moments?|questions?|date|next|rest|second|other|exact))\b/;

/** Said so often that no verb of plans is needed. */
const STILL_OPEN =
  /\b(?:not (?:yet|done|finished|swapped|signed|sent|ready|there|started|scheduled|set|met|talked|tested|decided)|haven'?t|have not|hasn'?t|has not|didn'?t (?:happen|work|get|meet|make|connect|talk|have (?:a |the )?(?:chance|time))|did not (?:happen|work|get|meet|make|connect|talk)|never (?:happened|met|called|got|showed|heard)|couldn'?t|could not|(?:was|were|are|am)(?:n't| not) able|unable to|can'?t (?:meet|make|do|get|find|decide|reach|share)|fell through|cancel(?:l?ed|ing)?|postpon\w+|re-?schedul\w+|put off|push(?:ed|ing)?|bumped|moved (?:it|our|the)|no[- ]show|stood (?:me|us) up|voice ?mail|left (?:him|her|them|me|word) ?(?:an? |one|word)|no answer|phone tag|waiting (?:on|for|to)|awaiting|still (?:need|owe|have to|trying|working|looking|waiting|to do|with|not|pending)|owes? (?:me|her|him|us)|(?:almost|nearly|half|partly) (?:done|finished|there|way|complete|had|met|signed)|getting (?:close|there|it done)|my half|her half|his half|in progress|working on|work in progress|nothing (?:yet|done|so far|with)|no (?:coffee|lunch|call|meeting|list|luck|chance|draft|progress)(?: yet| so far| done)?|tried|trying|need more time|shooting for|behind (?:on|with|schedule)?|rain ?check(?:ed)?|(?:is|are) (?:reviewing|checking|looking)|in draft|quedamos|(?:has|have|needs?|wants?) to (?:check|approve|review|sign)|not (?:this|last) (?:week|month|time)|need (?:one|two|three|\d) more|(?:one|two|three) of (?:the )?(?:two|three|four)|no date|still \w+ing|only (?:got|did|made|finished|have|had)|(?:to go|left to (?:do|go|fill|finish))(?=[.!,]|$)|(?:the )?(?:second half|part two|the rest)|(?:will|has to|have to|can) wait|rather (?:do|wait|meet|talk)|ran out of time|(?:to )?find a (?:time|date|day)|not (?:allow|allowed|let)(?: me| us)?|behind on|swamped|slammed|supposed to|were going to|was going to|were to have|tbd|pending|a[uú]n no|todav[ií]a no|todav[ií]a|no hemos|no he|no pud\w+|no nos|pendiente)\b/;

const THING =
  "(?:call|coffee|lunch|breakfast|meet(?:ing|-up)?|lists?|talk(?:ing)?|chat|connect|get together|sit down|numbers?|swap|exchange|mou|agreement|draft|outline|boxes|timelines?|train(?:ing)?|roll call|staff meeting|debrief|look back|reset|sign|send(?:ing)?|present|discuss|compare|speak(?:ing)?|calling|do (?:it|this|that|so)|doing (?:it|this)|get (?:it|this|that) done|done|this|it|that|them|one|a date|a time|reunir\\w*|hablar\\w*|caf[eé]|llamar\\w*|llamada|reuni[oó]n|lista|ve(?:mos|remos)|vernos)";
const WILL =
  "(?:will|'ll|going to|gonna|plan(?:s|ned|ning)?(?: to| on)?|hop(?:e|es|ing)(?: to| for)?|aim(?:ing)? (?:to|for)|intend(?:ing)? to|want(?:s|ed)? to|'d (?:like|love) to|would (?:like|love) to|need(?:s|ed)? to|have to|has to|agreed to|promised? to|schedul(?:ed?|ing)|set (?:up|for)|booked|lined up|arrang(?:ed?|ing)|should(?: be able to)?|once we|when we|as soon as|looking (?:at|for|to)|due|vamos a|voy a|queremos|esperamos|quedamos)";
const WE_ARE =
  "(?:we(?:'re| are)|i(?:'m| am)|she(?:'s| is)|he(?:'s| is)) (?:meeting|having|doing|getting|talking|calling|seeing|sending|presenting|speaking|swapping|training|set|on the|scheduled|hoping|planning)";

const PLANS = new RegExp(
  `${WILL}\\b.{0,80}\\b${THING}\\b|\\b${THING}\\b.{0,60}\\b(?:(?:is|are|'s) (?:set|scheduled|planned|booked|on|tomorrow|next)|on (?:the|my|our) (?:calendar|books|schedule|list)|next (?:time|week|month)|someday|soon|for ⟦)|\\b${WE_ARE}\\b|\\b(?:invited|asked|reached out|e-?mailed|offered) (?:to )?(?:her|him|them|my|the)\\b|\\b(?:on the roll call schedule|have a (?:date|time)|calling next|aiming for|will do|on it|wish i could)\\b|\\b(?:done|finished) (?:once|when|by|as soon)\\b`,
  "u",
);
const TO_COME =
  /^(?:scheduled|set|planned|booked|meeting|calling|sending|talking|lunch|coffee|call|we meet|we have|i have|nos (?:vemos|reunimos))\b/;

function planned(sentence: Sentence, text: string): boolean {
  const masked = sentence.clauses.map((clause) => clause.text).join(" , ");
  if (PLANS.test(text) || PLANS.test(masked)) return true;
  const comes = sentence.clauses.some((clause) =>
    datesIn(clause).some(({ mention }) => mention.direction === "future"),
  );
  return comes || (TO_COME.test(text) && masked.includes("⟦"));
}

/**
 * Does the reply at least speak of the partner and the thing to do? What is said of them was not
 * understood, so the person is asked; but it is no small talk.
 */
export function speaksOfIt(sentence: Sentence): boolean {
  const text = sentence.raw.toLowerCase();
  if (NOT_ABOUT_US.test(text) || /\b(?:wrong|mistake|forwarded|lesson was|newsletter)\b/.test(text))
    return false;
  return (SOMEBODY.test(text) && ANY_THING.test(text)) || MY_THING.test(text);
}

/** Said of oneself, only the things of the lessons count: "I know how true this is" is talk. */
const MY_THING =
  /\b(?:i|i'm|i've|i'll|my|mine|me|mi|yo)\b.*\b(?:calls?|coffee|lunch|lists?|numbers?|mou|agreement|draft|boxes|timelines?|roll call|invite|slot|debrief|partner|llamada|lista)\b/;
const SOMEBODY =
  /\b(?:she|he|her|him|hers|his|they|them|we|us|our|partner|counterpart|det|sgt|ofc|officer|detective|ella|nosotros|compañer[oa])\b/;
const ANY_THING = new RegExp(
  `\\b${THING}\\b|\\b(?:week|day|month|time|calendar|schedule|e-?mails?|met|talked|sent|swapped)\\b`,
  "u",
);

/** Thanks, praise and small talk that share words with plans. */
const NOT_ABOUT_US =
  /^(?:thanks|thank you|great|good|love|nice|well (?:said|done)|looks? like|looking forward to (?:the|your|this|it|learning|more))\b|\bno need to\b|\b(?:don'?t|do not) want to stop\b|\bhope (?:you|this|that|all|everyone)\b|\b(?:share|forward) (?:this|it) with (?:my|our|the) (?:team|unit|staff|colleagues|office)\b/;
