import type { ActionKind } from "./action.ts";
import { toneOf } from "./reading-guards.ts";
import { datesIn, type Sentence } from "./reading-text.ts";
import { OWN_HALF_KINDS } from "./reading-words.ts";

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
    ({ text, turns }) =>
      !isHalfOfPartner(text, topic) &&
      (FAILED.test(text) || (toneOf(text) === "denied" && (turns || DENIAL.test(text)))) &&
      !HARMLESS_TURN.test(text) &&
      (!OTHER_THING.test(text) || own?.test(text) === true),
  );
}

/** Of what each does for their own half: does the sentence speak of the partner's alone? */
export function isLeftToPartner(sentence: Sentence, topic: ActionKind | undefined): boolean {
  return isHalfOfPartner(sentence.raw.toLowerCase(), topic);
}

/** "She hasn't sent hers" leaves the own half done. */
function isHalfOfPartner(text: string, topic: ActionKind | undefined): boolean {
  return (
    topic !== undefined &&
    OWN_HALF_KINDS.includes(topic) &&
    /\b(?:she|he|they|hers|his|theirs|partner|counterpart|officer|oficial|det|sgt|ella|[ée]l|suy[ao]s?)\b/.test(
      text,
    ) &&
    !/\b(?:i|i've|my|mine|we|our|yo|mis?)\b/.test(text)
  );
}

/** Words for what was started and did not come off. */
const FAILED =
  /\b(?:bounced|(?:doesn'?t|does not|didn'?t|did not|wouldn'?t|won'?t|never) (?:work|go through|take|deliver|send|connect|open)|(?:went|goes) (?:wrong|sideways|badly)|(?:disconnected|out of service)|walked out|(?:call|line|signal|connection|zoom|video|we) (?:dropped|died|froze|failed|cut out|got cut off)|lost (?:signal|connection|service|him|her)|got (?:called|pulled) (?:out|away|off)|called (?:out|away) (?:to|on)|cut (?:short|off)|fell apart|blew up|so no (?:coffee|lunch|call|meeting|talk|list|numbers|test|draft|training|luck))\b/;

/** What follows "but" and takes nothing back. */
const HARMLESS_TURN =
  /\b(?:next|again|second|another|follow[- ]?up|regular|late|sorry|forgot|short|brief|quick|early|first|nervous|awkward|busy|last minute|by (?:phone|video)|in person|eat|drink|pay|finish (?:my|her|his|the) (?:coffee|lunch|food|sandwich))\b/;

/** What the mail itself is about: "not about the moments" takes back the talk about them. */
const OWN_THINGS: Readonly<Partial<Record<ActionKind, RegExp>>> = {
  "role-map": /\blists?\b/,
  "tension-preview": /\b(?:moments?|friction|tensions?|hard (?:parts?|stuff)|if-thens?)\b/,
  "trust-checkin": /\b(?:numbers?|test texts?|texts?)\b/,
  "timeline-swap": /\btime ?lines?\b/,
  "info-sharing-map": /\bboxes\b/,
  "mou-draft": /\b(?:draft|outline)\b/,
  debrief: /\b(?:debrief|questions)\b/,
};

const DENIAL =
  /\b(?:not yet|haven'?t|have not|hasn'?t|has not|didn'?t|did not|couldn'?t|could not|can'?t|cannot|wasn'?t|weren'?t|isn'?t yet|not (?:about|really|exactly|quite|actually|all)|never|fell through|cancel(?:l?ed|s)?|called off|postponed|rescheduled|no[- ]show(?:ed)?|alone|by myself|solo|(?:left|got|get|only|just|to) (?:\S+ ){0,3}voice ?mail|no (?:answer|reply|response)|nothing (?:came|back|yet|from|heard)|crickets|phone tag|not done|working on|in progress|still (?:need|have to|waiting|trying|working|not)|tried|trying|almost|nearly|half ?way|stood (?:me|us) up|swamped|slammed|no (?:luck|chance|time)|(?:ran|run|running) out of time|pending|failed|missing|incomplete|waiting (?:on|for)|a[uú]n no|todav[ií]a no|no hemos|no he|no pudimos|no pude|no nos|cancel[oó]|pendiente)\b/;
/** "Did not get to the numbers" leaves the meeting standing. */
const OTHER_THING =
  /\b(?:get (?:around )?to|got (?:around )?to|cover|discuss|talk about|go over|finish|reach|start|touch|mention|share (?:any|case|names)|use (?:any )?names|name names|have time (?:for|to)|time (?:for|to)|(?:the|our|her|his|my|their|any) (?:\w+ )?(?:lists?|numbers?|boxes|timelines?|mou|agreement|draft|moments?|questions?|date|next|rest|second|other|exact))\b/;

/** Said so often that no verb of plans is needed. */
const STILL_OPEN =
  /\b(?:not (?:yet|done|finished|swapped|signed|sent|ready|there|started|scheduled|set|met|talked|tested|decided)|haven'?t|have not|hasn'?t|has not|didn'?t (?:happen|work|get|meet|make|connect|talk|have (?:a |the )?(?:chance|time))|did not (?:happen|work|get|meet|make|connect|talk)|never (?:happened|met|called|got|showed|heard)|couldn'?t|could not|(?:was|were|are|am)(?:n't| not) able|unable to|can'?t (?:meet|make|do|get|find|decide|reach|share)|fell through|cancel(?:l?ed|ing)?|postpon\w+|re-?schedul\w+|put off|push(?:ed|ing)?|bumped|moved (?:it|our|the)|no[- ]show|bail(?:ed)?\b|flaked|ghosted|backed out|begged off|stuck (?:on|at|in|with|working)|rebooked|missed (?:it|the|our|my|this|that)|(?:got|was|were|been) (?:cut|scrapped|axed|nixed|dropped|shelved|delayed|derailed|scratched|skipped|canned)|square one|keep(?:s)? (?:meaning|saying|trying|missing)|zero (?:boxes|progress|time|calls|lists)|(?:is|are|was) (?:scheduled|set|planned|booked|slated) (?:for|to|on)|stood (?:me|us) up|(?:left|got|get|getting|hit|reach(?:ed)?|sent|straight|went|goes|only|just|her|his|to) (?:\S+ ){0,3}voice ?mail|left (?:him|her|them|me|word) ?(?:an? |one|word)|no answer|phone tag|waiting (?:on|for|to)|awaiting|still (?:need|owe|have to|trying|working|looking|waiting|to (?:do|come)|with|not|pending)|owes? (?:me|her|him|us)|(?:almost|nearly|half|partly) (?:done|finished|there|way|complete|had|met|signed)|getting (?:close|there|it done)|my half|her half|his half|in progress|working on|work in progress|nothing (?:yet|done|so far|with)|no (?:coffee|lunch|call|meeting|list|luck|chance|draft|progress)(?: yet| so far| done)?|tried|trying|need more time|shooting for|behind (?:on|with|schedule)?|rain ?check(?:ed)?|(?:is|are) (?:reviewing|checking|looking)|in draft|quedamos|(?:has|have|needs?|wants?) to (?:check|approve|review|sign)|not (?:this|last) (?:week|month|time)|need (?:one|two|three|\d) more|(?:one|two|three) of (?:the )?(?:two|three|four)|no date|still \w+ing|only (?:got|did|made|finished|have|had)|(?:to go|left to (?:do|go|fill|finish))(?=[.!,]|$)|(?:the )?(?:second half|part two|the rest)|(?:will|has to|have to|can) wait|rather (?:do|wait|meet|talk)|ran out of time|(?:to )?find a (?:time|date|day)|not (?:allow|allowed|let)(?: me| us)?|behind on|swamped|slammed|supposed to (?=be|meet|have|call|talk|do|go|get|sit|swap|send|sign)|were going to|was going to|were to have|tbd|pending|(?:lo|la|nos) (?:cambi(?:aron|amos)|pas(?:aron|amos)|mov(?:ieron|imos)|aplaz\p{L}+|pospus\p{L}+)|se (?:pospuso|aplaz[oó]|cay[oó])|reprogram\p{L}+|a[uú]n no|todav[ií]a no|todav[ií]a|no hemos|no he|no pud\w+|no nos|pendiente)(?![\p{L}])/u;

const THING =
  "(?:call|coffee|lunch|breakfast|meet(?:ing|-up)?|lists?|talk(?:ing)?|chat|connect|get together|sit down|numbers?|swap|exchange|mou|agreement|draft|outline|boxes|timelines?|train(?:ing)?|roll call|staff meeting|debrief|look back|reset|sign|send(?:ing)?|present|discuss|compare|speak(?:ing)?|calling|do (?:it|this|that|so)|doing (?:it|this)|get (?:it|this|that) done|done|this|it|that|them|one|a date|a time|reunir\\w*|hablar\\w*|caf[eé]|llamar\\w*|llamada|reuni[oó]n|lista|ve(?:mos|remos)|vernos)";
const WILL =
  "(?:will|'ll|going to|gonna|plan(?:s|ned|ning)?(?: to| on)?|hop(?:e|es|ing)(?: to| for)?|aim(?:ing)? (?:to|for)|intend(?:ing)? to|want(?:s|ed)? to|'d (?:like|love) to|would (?:like|love) to|need(?:s|ed)? to|have to|has to|agreed to|promised? to|schedul(?:ed?|ing)|set (?:up|for)|booked|lined up|arrang(?:ed?|ing)|should(?: be able to)?|once we|when we|as soon as|looking (?:at|for|to)|due|vamos a|voy a|queremos|esperamos|quedamos)";
const WE_ARE =
  "(?:we(?:'re| are)|i(?:'m| am)|she(?:'s| is)|he(?:'s| is)) (?:meeting|having|doing|getting|talking|calling|seeing|sending|presenting|speaking|swapping|training|set|on the|scheduled|hoping|planning)";

const PLANS = new RegExp(
  `${WILL}\\b.{0,80}\\b${THING}\\b|\\b${THING}\\b.{0,60}\\b(?:(?:is|are|'s) (?:set|scheduled|planned|booked|on|tomorrow|next)|on (?:the|my|our) (?:calendar|books|schedule|list)|next (?:time|week|month)|someday|soon|for ⟦)|\\b${WE_ARE}\\b|\\b(?:invited|asked|reached out|e-?mailed|offered) (?:to )?(?:her|him|them|my|the)\\b|\\b(?:on the roll call schedule|have a (?:date|time)|calling next|aiming for|will do|on it|wish i could|works for (?:us|both|me|her|him|everyone)|pencil(?:l?ed)? in|happening ⟦|on (?:my|the|our) (?:to-?do|radar|calendar))\\b|\\b(?:done|finished) (?:once|when|by|as soon)\\b`,
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
  const mayCome = sentence.dates.some(
    ({ direction, past, future }) => direction !== "past" && past !== future,
  );
  return comes || (TO_COME.test(text) && mayCome);
}

/**
 * Is the sentence more than small talk? Whoever answers a lesson in a whole sentence, and neither reports
 * nor asks, tells why it has not happened: that is "not yet", and as it was not understood, it asks.
 */
export function leansOpen(sentence: Sentence): boolean {
  const text = sentence.raw.toLowerCase();
  if (/\b(?:no|not) (?:\S+ ){0,3}yet\b/.test(text)) return true;
  if (NOT_ABOUT_US.test(text) || SMALL_TALK.test(text)) return false;
  if (SUBJECT_DENIES.test(text) || NOTHING_DONE.test(text) || OBSTACLE.test(text)) return true;
  return (
    INTENDS.test(text) ||
    sentence.dates.length > 0 ||
    (text.match(/[\p{L}\p{N}'’]+/gu) ?? []).length >= WORDS_MIN
  );
}

/** Shorter ones are acknowledgements ("Copy that.", "So true"). */
const WORDS_MIN = 4;

/** Thanks, praise, laughter, acknowledgements, and talk of the mails themselves. */
const SMALL_TALK =
  /^(?:ok(?:ay)?|cool|copy|noted|received|understood|got it|roger|10-?4|will do|sure|agreed|wow|ha+\b|lol|haha|hehe|yep|yes|congrats|welcome|cheers|happy|good (?:morning|afternoon|evening|day)|hello|hi|hey|gracias|(?:mil|muchas|muchísimas) gracias|ok gracias|de nada|feliz)\b|\b(?:thanks|thank you|thx|appreciate|love (?:this|it|these|that|the)|(?:great|good|nice|useful|helpful|solid|excellent|interesting|awesome|amazing|wonderful|fantastic|smart|timely) (?:stuff|tips?|lessons?|read(?:ing)?|ideas?|advice|points?|reminders?|series|program|course|info|one|job|work|week)|(?:very|so|super|really|quite) (?:useful|helpful|interesting|true|timely|good|cool)|so true|how true|well (?:said|done|put)|good luck|congratulations|lol|haha|phew|no need to reply|indeed|proud|excited|looking forward to (?:this|it|the (?:course|series|program|next|lessons))|my love language|hope (?:you|this|all)|muy (?:interesante|[uú]til|bueno|buena)|excelente|(?:sharing|shared?|forward(?:ed|ing)?|pass(?:ed|ing)?|show(?:ed|ing)?|print(?:ed|ing)?|hung|posted) (?:this|it|these|them)(?: \S+){0,2} (?:with|to|on|at|in|for|out|up)|(?:this|the|your|these) (?:e-?mails?|lessons?|course|series|tips?|program|newsletter|message|reminder)s? (?:is|was|are|were|look|went|seem|has|have|came|help))\b|\b(?:wrong (?:person|thread|e-?mail|address|recipient)|by mistake|(?:this|that|it) (?:was|is) (?:for|meant)|old (?:address|e-?mail)|ignore (?:this|that|my))\b/;

/** The pair, or "it", did not, has not, cannot; opinions ("I don't think") are left out. */
const SUBJECT_DENIES =
  /\b(?:we|i|she|he|they|it|that|us|partner|counterpart|neither|nobody|both|det\.?|sgt\.?|officer) (?:\S+ ){0,3}?(?:(?:have|has|had|did|do|does|is|are|was|were|ca|could|wo|would|should)(?:n'?t| not)|cannot|can not|never|not)\b(?! (?:know|mind|care|think|believe|realize|realise|want|like|drink|only|sure|to stop))|\b(?:nunca|ni siquiera)\b|\bno (?:se ha|ha|han|la he|lo he|hubo|tuv\p{L}+|tengo|tiene|puede|contesta|responde|alcanz\p{L}+|logr\p{L}+)/u;
const NOTHING_DONE =
  /^(?:no,? |nope|nothing|none|negative|not )\b|\b(?:no (?:time|luck|answer|reply|response|word|news|date|dice|go|movement|progress|success|way|bandwidth|chance|slots?|openings?|contact)|nothing (?:set|scheduled|planned|on the|from|new|to report|back|happened)|not (?:since|able|going|happening|possible|until|before|so far|much|gotten|heard|seen|until|for now|at the moment)|(?:still|just) (?:no|nothing|on|in|at)|keep(?:s)? (?:\S+ )?\w+ing|hard to (?:reach|get|pin|schedule|find)|miss(?:ed|ing) each other|one (?:more )?thing left|got as far as|as far as)\b/;
/** What keeps people from it. */
const OBSTACLE =
  /\b(?:(?:out|off|home|been|is|am|was|was out|called in) sick|out (?:of town|of state|until|till|all|this|on|for)|on (?:leave|vacation|nights?|days|pto|fmla|maternity|paternity|holiday|call|medical|light duty|disability|loan|detail)|vacation|furlough(?:ed)?|jury duty|in (?:court|trial|training|surgery|the field|meetings|hospital)|(?:training|conference|trial|court|grand jury) (?:all|this|until|through|week)|short[- ]?(?:staffed|handed)|under ?staffed|overtime|double shifts?|mandated|called (?:out|away|in|off)|pulled (?:away|onto|into|off|to)|tied up|crazy|hectic|insane|rough|brutal|chaotic|nuts|busy|buried|drowning|underwater|backed up|backlog|deployed|quarantine|covid|the flu|injured|bereavement|funeral|snow(?:ed)?|storm|schedules? (?:\S+ )?(?:clash|conflict|do|don|are|is|keep|won)|calendars? (?:\S+ )?(?:clash|conflict|do|don|are|is)|(?:says?|said) no|won'?t (?:let|allow|sign|approve)|approval|permission|(?:need|needs|wants?|waiting (?:on|for)) (?:\S+ ){0,4}(?:ok|okay|sign-?off|blessing|go-ahead|approval))\b/;
const INTENDS =
  /(?:\b(?:i|we|she|he|they|it)(?:'ll| will|'m gonna|'re gonna| plan| hope| intend| aim| need| have to| has to| got to| gotta| should| owe|'d (?:love|like)| would (?:love|like))\b(?! (?:share this|keep (?:reading|up)|pass this|miss|be back))|\b(?:eventually|someday|some day|one of these days|to-?do|this (?:coming )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|happening (?:on |this )|(?:in|within) the next (?:few|couple|two|week)|sometime (?:next|soon|this)|get(?:ting)? (?:there|around|to it|it done|right on)|get on (?:it|that)|picking a (?:date|day|time)|looking (?:at|for) (?:a |some )?(?:dates?|times?|days?)|good to go|all set for|ready to)\b)/;

/** Thanks, praise and small talk that share words with plans. */
const NOT_ABOUT_US =
  /^(?:thanks|thank you|great|good|love|nice|well (?:said|done)|looks? like|lol|haha|looking forward to (?:the|your|this|it|learning|more))\b|\bno need to\b|\b(?:don'?t|do not) want to stop\b|\bhope (?:you|this|that|all|everyone)\b|\b(?:share|forward) (?:this|it) with (?:my|our|the) (?:team|unit|staff|colleagues|office)\b/;
