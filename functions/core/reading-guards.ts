/**
 * What keeps a clause from saying that something happened. The order is the order of doubt: a clause
 * that denies is certain not to be done; one that is merely unclear asks. `undated` is a noun with a
 * weekday ("lunch Monday"), which beside a plain DONE is the last one and alone asks; `guessed` is a
 * thing of the lessons told in the past in words we do not know.
 */
export type Doubt = "denied" | "planned" | "supposed" | "unclear" | "undated" | "guessed";

/**
 * Judges the words around a verb in the past tense.
 *
 * @param before the clause up to the verb
 * @param after the clause behind it
 */
export function doubtIn(before: string, after: string): Doubt | undefined {
  const lead = withoutHarmless(before);
  const tail = withoutHarmless(after);
  if (SUPPOSED.test(lead)) return "supposed";
  if (DENIED.test(lead) || DENIED_AFTER.test(tail)) return "denied";
  if (PLANNED.test(lead) || PLANNED_AFTER.test(tail)) return "planned";
  if (UNCLEAR.test(lead) || UNCLEAR_AFTER.test(tail)) return "unclear";
  return undefined;
}

/** A clause without any verb we know: does it deny or plan by itself ("not yet", "next week")? */
export function toneOf(clause: string): Doubt | undefined {
  const text = withoutHarmless(clause);
  if (SUPPOSED.test(text)) return "supposed";
  if (DENIED.test(text) || DENIED_AFTER.test(text)) return "denied";
  return PLANNED.test(text) || PLANNED_AFTER.test(text) ? "planned" : undefined;
}

/** Words of denial and doubt that deny nothing. */
const HARMLESS =
  /\bno (?:problems?|issues?|trouble|big deal|worries|rush|need to (?:reply|worry)|questions?|complaints|surprises?|conflicts?|hard feelings|doubt|case (?:details?|talk|names?|specifics)|names?|details?|kidding|joke)\b|\bnot (?:bad|only|to mention|too (?:bad|long|shabby)|a (?:problem|bad)|that hard|as (?:bad|hard|awkward)|awkward|case[- ]?related)\b|\bwithout (?:any )?(?:a hitch|issues?|problems?|trouble|incident|case|names?|details?|going into|discussing|talking|getting into|naming)\b|\bcan(?:'t|not) (?:wait|complain|thank)\b|\bcould(?:n't| not) (?:have been|be|have gone|have asked)\b|\bwhy not\b|\bnothing (?:to add|else|more|new|fancy|case)\b|\bnever (?:mind|knew|realized|thought)\b|\bdid(?:n't| not) (?:take long|hurt|realize|know)\b|\bcan and (?:cannot|can't|can not)(?: (?:do|share|say))?\b|\bwhat (?:we|each of us|i|she|he|they|you|each other) (?:can|could|may)(?:not|n't| not)\b|\b(?:nearly|almost|close to|about) (?:an?|one|two|half|ten|fifteen|twenty|thirty|forty|\d+)(?: full)?[ -](?:hours?|min(?:ute)?s?|an? hour|hour)\b|\bhalf[- ](?:an? )?hour\b|\b(?:an? )?hour and a half\b|\bdays? and a half\b|\bhalf past\b|\bhalf (?:of )?(?:the|my|our|his|her|their) (?:team|unit|squad|shift|office|staff|department|division|room|class|crew|group|agency|roll call)\b|\bhad not (?:realized|known)\b|\bno longer\b|\blast[- ]minute\b|\bright before\b|\bbefore (?:your|the|this) (?:e-?mail|reminder|lesson|message)\b|\bif (?:brief(?:ly)?|short)\b|\b(?:just )?(?:want(?:ed)?|need(?:ed)?|writing|happy|pleased|glad|like|love|proud|excited) to (?:let you know|say|report|share|confirm|tell you|log|note|mention|add)\b|\bi'?d like to (?:log|report|add)\b|\bcan (?:confirm|report|say|log)\b|\b(?:i )?hope (?:you|this|that|it|all|everyone)\b|\bplease log\b|\bas (?:planned|scheduled|agreed|promised|hoped)\b|\bonce again\b|\bsin (?:problemas?|novedad|nombres|detalles)\b/g;

function withoutHarmless(text: string): string {
  return text.replace(HARMLESS, (harmless) => " ".repeat(harmless.length));
}

const SUPPOSED =
  /\b(?:if|unless|consider|call(?: it)? (?=done)|whether|in case|suppose|supposing|wish|had we|should we|would have|could have|should have|might have|may have|must have|imagine|pretend|as if|si (?:nos|lo|hablamos|hubi)|ojal[aá])\b/;
const DENIED =
  /\b(?:not|cannot|never|none|zero|nothing|nobody|neither|nor|without|unable|failed|fails|hardly|barely|no|yet to|fell through|didn'?t|don'?t|haven'?t|hasn'?t|hadn'?t|wasn'?t|weren'?t|isn'?t|aren'?t|ain'?t|couldn'?t|can'?t|won'?t|wouldn'?t|shouldn'?t|still (?:need|have to|waiting|owe|working|trying|not)|nunca|ni|tampoco|sin|falta|todav[ií]a no|a[uú]n no|instead of|rather than|too busy|almost|nearly|close to|about to|half(?:way)?|partly|partially|supposed|meant|stuck|tried|trying|attempted|attempting|missed|forgot|waiting|awaiting|was going|were going|ready)\b/;
const DENIED_AFTER =
  /^\s*(?:one|two|three|half|some|most|part|\d) (?:out )?of\b|\b\d ?\/ ?\d (?:through|done)\b|\b(?:cancel(?:l?ed|s|ing)?|called off|fell through|postponed|rescheduled|resched|bumped|pushed|(?:got|was|were|been|is|are) (?:cut|moved|scrapped|axed|nixed|dropped|shelved|killed|delayed|derailed|scratched|pulled|skipped|canned)|no[- ]show|stood (?:me|us|him|her|them) up|(?:left|got|get|only|just|to|straight to) (?:\S+ ){0,3}voice ?mail|left (?:him|her|them|word|a)? ?(?:a )?(?:message|vm|voice ?mail)|no answer|phone tag|did(?:n'?t| not) (?:happen|pick|answer|show|make it|work|get|come|go through)|didn'?t|never (?:happened|showed|answered|came)|not yet|not (?:done|finished|complete|signed|sent|tested|swapped|there)|haven'?t|hasn'?t|couldn'?t|fall(?:s|ing)? through|in progress|half(?:way)?(?: done| finished| of)?|almost|nearly|to be (?:done|scheduled|finished|continued)|pending|waiting (?:on|for|to)|awaiting|buz[oó]n|no contest[oó]|cancel[oó]|cancelad[ao])\b/;
const PLANNED =
  /\b(?:will|shall|going to|gonna|plan|plans|planned|planning|schedul(?:e|ed|ing)|hope|hopes|hoped|hoping|hopefully|aim|aiming|want|wants|wanted|would|intend|intends|intended|intending|let'?s|should|could|can|might|maybe|perhaps|probably|need|needs|needed|have to|has to|must|agreed to|promised?|promises|expect|expects|expecting|due|upcoming|looking forward|tomorrow|until|till|once|as soon as|when|whenever|after we|before we|before|invited?|asked|offered|proposed|suggested|arranging|picked (?:an?|the|⟦)|settled on|(?:chose|landed on|agreed on) (?:an? (?:date|time|day)|the|⟦)|intention|intentions|keep(?:s)? (?:meaning|saying|trying|talking about|planning|missing)|kept (?:meaning|missing|trying)|meaning to|aren't|to be|to get|to have|getting|be|i'll|we'll|he'll|she'll|they'll|it'll|vamos a|voy a|va a|queremos|quiero|esperamos|espero|planeamos|quedamos|cuando|hasta)\b|'ll\b/;
const PLANNED_AFTER =
  /^\s*(?:when|once|if|as soon as|after we|only)\b|\b(?:to (?:find|set|pick|choose|agree on) (?:a|the|our) (?:date|day|time)|about (?:when|scheduling|setting|planning|meeting|doing|having|finding|dates?|times?)|scheduled|planned|booked|lined up|set (?:up )?for|on the (?:calendar|books|schedule)|next (?:week|month)|tomorrow|for next|is set|are set|coming up|programad[ao]|agendad[ao]|(?:to|that we) (?:plan|schedule|arrange|set up|book) (?:a|the|our|when|for))\b/;
const UNCLEAR =
  /\b(?:think|thought|figured|assumed|believe|guess|assume|suppose|not sure|unsure|heard|hear|told|says?|said|apparently|supposedly|technically|kind of|sort of|kinda|sorta|does that count|creo|parece|same|other (?:pair|team|county)|they|someone|somebody|everyone|people|clients?|survivors?|victims?|my (?:boss|supervisor|team|colleague|co-?worker|sergeant|lieutenant|captain|chief|director|staff|predecessor|wife|husband|kids?)|our (?:team|unit|staff|chief|director|office|agency|department|supervisors?|bosses)|last year|years? ago|back when|used to|usually|always|often|ever)\b/;
const UNCLEAR_AFTER =
  /^\s*before(?=$|[,.])|\b(?:does that count|if that counts|from (?:another|other|a different)|in the past|many times|every (?:day|week|month)|all the time|often|regularly|while (?:reading|i|waiting)|(?:retirement|holiday|christmas|office|birthday|farewell) party|gala|fundraiser|banquet|as an? (?:team|task force|group|unit|office)|lots of people|\d{2,} people|with everyone|(?:whole|entire) (?:unit|team|office|squad|group)|before (?:this|the) (?:course|program|series|lesson|training)|in my head|in mind|to see (?:if|what|whether)|for (?:his|her|their) (?:thoughts|comments|input|feedback|approval)|for approval|sort of|kind of|i think|i guess|i believe|technically|interrupted|cut (?:short|off)|part of|most of|some of|briefly|but|except|last year|years? ago|or (?:so|not|will)|as a team|with my (?:team|unit|staff|boss|supervisor|sergeant|lieutenant|captain|chief|director|colleagues?|co-?workers?|family|wife|husband|kids?)|with (?:our|the) (?:team|unit|staff|chief|director|da|d\.a\.|prosecutors?|attorneys?|board|new|other|client|survivor|victim)|with (?:a|an|another|someone|somebody|one of)|alone|by myself|on my own|at home|with myself)\b/;
