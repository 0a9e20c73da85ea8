import type { Intent } from "./reading.ts";
import type { Sentence } from "./reading-text.ts";

/** What a sentence asks of us, beside telling what happened. */
export type Request =
  | Extract<Intent, "stop" | "pause" | "resume" | "snooze" | "help" | "question">
  /** "Put these on hold": with a length of time a later reminder, without one a pause. */
  | "hold";

/** All requests of a sentence that is no command; words inside other phrases ("stopped by") are none. */
export function requestsIn(sentence: Sentence): readonly Request[] {
  const text = sentence.raw.toLowerCase();
  if (AWAY.test(text)) return [];
  const said = REQUESTS.filter(
    ({ says, denies }) => (says.test(text) || says.test(sentence.masked)) && !denies.test(text),
  ).map(({ request }) => request);
  const found = said.includes("stop") && HAS_END.test(sentence.masked) ? ["hold" as const] : said;
  const meant =
    sentence.isQuestion && HOW.test(text) ? found.filter((one) => one === "help") : found;
  const asks = sentence.isQuestion || WONDERS.test(text);
  return meant.length === 0 && asks ? ["question"] : meant;
}

/** Asks without a question: "not sure what you want us to do". */
const WONDERS = anyOf(
  "(?:i'?m|i am|we'?re|we are|am|still|just|a (?:bit|little))? ?(?:not (?:really |quite |totally |entirely )?(?:sure|clear|certain)|unsure|unclear|confused|wondering|curious|lost)(?: (?:about|on|as to))? (?:what|how|which|whether|if|who|where|why|the (?:lesson|instructions|list|boxes|point))",
  "(?:don'?t|do not|didn'?t|can'?t) (?:really |quite |fully |totally )?(?:understand|get|follow|see) (?:what|how|which|why|where|the (?:lesson|instructions|point|assignment|exercise|boxes|task))",
  "(?:need|would like|could use|want) (?:some |more |a )?(?:clarification|more (?:info|information|detail)|an example|a template|a sample)",
  "no (?:entiendo|s[eé]|me queda claro) (?:qu[eé]|c[oó]mo|cu[aá]l|si|d[oó]nde)",
  "(?:just )?wondering (?:if|whether|how|what|when)",
  "(?:please|can you) (?:explain|clarify|advise)",
);

/** A note that somebody is away, by a program or about one, asks nothing. */
const AWAY = anyOf(
  "(?:i am|i'm|i will be|i'll be) (?:currently |now )?(?:out of (?:the )?office|away from (?:my|the) (?:desk|office)|on (?:annual |medical |parental |maternity |paternity )?(?:leave|vacation)) (?:until|from|through|and will|with|returning|starting)",
  "out of (?:the )?office\\s?[:,.]",
  "auto(?:matic|mated)?[- ]?(?:reply|response)\\s?:",
  "(?:respond|reply|get back to you) (?:when|upon|after) (?:i|my) return",
  "fuera de (?:la )?oficina",
  "for immediate assistance",
  "limited access to e-?mail",
);
/** "Stop these until June" has an end, and is a hold. */
const HAS_END =
  /\b(?:until|till|til|before|through|thru)\b.{0,30}(?:⟦|\b(?:back|return|over|done)\b)/;
/** Is the whole a note that somebody is away, and says nothing of the pair? */
export function isAwayNote(sentences: readonly Sentence[]): boolean {
  const texts = sentences.map(({ raw }) => raw.toLowerCase());
  return texts.some((text) => AWAY.test(text)) && !texts.some((text) => OF_THE_PAIR.test(text));
}

const OF_THE_PAIR =
  /\b(?:we|us|our|she|he|her|him|partner|counterpart|coffee|lunch|lists?|boxes|timelines?|numbers)\b/;
/** "How do I pause?" asks; "can you pause?" asks for it. */
const HOW =
  /^(?:(?:so|hi|hey|hello|also|and|ok),? )*(?:how (?:do|can|should|would|does)|what (?:happens|do i do)|can i|could i|may i|am i able|is it possible|should i|do i|does this|what if|if i)\b/;

interface RequestPattern {
  readonly request: Request;
  readonly says: RegExp;
  /** Turns the words into something else. */
  readonly denies: RegExp;
}

function anyOf(...sources: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}'])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, "u");
}

/** Where a request may begin: the start, after a greeting, or behind "please". */
const ASK =
  "(?:(?<=^|[,;.] |- )(?:(?:please|pls|plz|kindly|hi|hello|ok|yes|so|but|and|then|maybe|just),? )*|(?:please|pls|plz),? |kindly |can you (?:please )?|could you (?:please )?|would you (?:please )?|let'?s |(?:must|need to|have to|should|want to|like to|can we|could we|we can|you can|feel free to|better(?: to)?|go ahead and) )";
/** Ways to come back to somebody; with a time behind them they ask for a later reminder. */
const COME_BACK =
  "(?:remind|nudge|ping|poke|prompt|bug|hit|ask|e-?mail|write|text|message|contact|check|follow|circle|come|get|touch|reach|try|knock|send|revisit|loop|look|resend|re-?send|recu[eé]rd\\p{L}+|av[ií]s\\p{L}+|pregunt\\p{L}+|escr[ií]b\\p{L}+)";
const A_TIME =
  "(?:⟦\\d+⟧|(?:in |for |after |dentro de |en )?(?:an?|another|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|a couple(?: of)?|\\d{1,3}|un[ao]?|dos|tres|unos?|unas) (?:more )?(?:days?|wks?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?)\\b|\\d{1,2} ?[dw]\\b|later\\b|m[aá]s (?:adelante|tarde)|after (?:the|my|our) \\p{L}+|when (?:i|we|she|he|things|it|my)\\b|once (?:i|we|things|my)\\b)";
/** "Two-week". */
const A_LENGTH = "(?:an?|one|two|three|four|five|six|\\d{1,2})[- ](?:day|week|month)";
/** What we send. */
const MAILED =
  "(?:reminders?|nudges?|e-?mails?|messages?|check-?ins?|prompts?|pings?|notes?|lessons?)";
const LEAVE = "(?:skip|leave|wait|hold|stop|pause|rest|come|go|start|sent|again|quiet)";
const THESE =
  "(?:(?:these|those|the|this|your|any|all|me|us|my|our|things|everything|it)\\b|sending|(?:e-?mails?|messages?|lessons?|reminders?|mailings?)\\b)";
const SOME_TIME =
  "(?:again|later|next|after|until|tomorrow|in (?:an?|one|two|three|four|\\d+)|days?|weeks?|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)";
const LENGTH = "(?:an?|another|one|two|three|four|some|\\d+|a few|a couple(?: of)?|until|till)";

const REQUESTS: readonly RequestPattern[] = [
  {
    request: "stop",
    says: anyOf(
      `${ASK}(?:stop|quit|cease) (?:sending|e-?mailing|contacting|writing|bothering|spamming|messaging|(?:these|those|the|this|your|any|all|my|our) (?:\\w+ )?(?:e-?mails?|messages?|lessons?|reminders?|mailings?|course|program|series|stuff)|(?:e-?mails?|messages?|lessons?|reminders?)|(?:this|these|it|all)(?=[.!,]|$| please| now))`,
      "(?:please |kindly )(?:stop|discontinue)(?=[.,!;]|$)",
      "(?<=^|[,;.] |- )stop(?:,? (?:please|pls|now|thanks))*(?=[.,!;]|$)",
      "unsubscribe",
      "take (?:me|us) off",
      "(?:remove|delete|erase) (?:me|my (?:e-?mail|address|name|info|information|data|account|details))",
      "opt(?:ing)?(?: me)? out",
      "(?:don'?t|do not) (?:e-?mail|write|contact|message|send) (?:(?:to )?me|us|any|these)(?! (?:on|before|after|until|at|the|any (?:names|case)|details))",
      "(?:don'?t|do not) want (?:any ?more|any|these|to get|to receive)(?: of| more)?(?: (?:these|e-?mails?|messages|lessons|reminders|this))+",
      "(?:no longer|don'?t) (?:want|wish|care) to (?:receive|get|be (?:part|in|on)|participate|take part|continue)",
      "(?:to (?:be|get)|get me|be) (?:removed|taken off|unsubscribed)",
      "(?:not|no longer) interested(?: (?:in|anymore|any more)|(?=[.!,]|$))",
      "(?:done|finished|over it) with (?:these|the|this|your) (?:e-?mails?|messages|course|program|series|lessons)",
      "(?:want|like|need|please|get me|let me) (?:to (?:get )?)?(?:off|out of) (?:this|the|your) (?:e-?mail |mailing )?(?:list|course|program|series)",
      "no more (?:e-?mails?|messages|lessons|reminders|of these)",
      "(?:cancel|end|close|terminate|drop|delete|withdraw) (?:my|our|this) (?:enrol?lment|subscription|participation|sign-?up|course|account|seat)",
      "(?:want|like|need|have|going|decided|asking) to (?:stop (?:these|the|this|getting|receiving|doing)|quit|withdraw|opt out|drop out|unsubscribe|be removed|leave th(?:e|is) (?:course|program|series))",
      "(?:i'?m|i am) (?:dropping out|withdrawing|opting out|quitting)",
      "dejen? de (?:escribirme|enviarme|mandarme)",
      "no me (?:escriban|env[ií]en|manden)(?: m[aá]s)?",
      "darme de baja",
    ),
    denies: anyOf(
      "(?:don'?t|do not|no need to|never|didn'?t|won'?t|not) (?:want (?:you )?to |ask (?:you )?to |need to |going to )?(?:stop|quit|cease|unsubscribe|opt out|remove)",
    ),
  },
  {
    request: "pause",
    says: anyOf(
      `${ASK}(?:pause|suspend)`,
      "(?:need|taking|take|want) (?:to take )?a (?:short |little |brief )?(?:break|pause)(?= from (?:this|these|the (?:course|e-?mails|lessons))|[.!,]|$| please| for (?:now|a while))",
      "pon(?:er|gan|ga)? en pausa",
      "pausen",
      "pausar",
    ),
    denies: anyOf(
      "(?:no need to|don'?t|do not|not|never|without|won'?t|didn'?t|rather than|instead of) (?:want to |need to |have to )?(?:pause|suspend|put|take a break|pausing)",
    ),
  },
  {
    request: "hold",
    says: anyOf(
      `${ASK}(?:(?:put|place) (?:\\w+ ){0,3}on (?:hold|pause|ice)|hold off|hold ${THESE}|freeze ${THESE}|take a break)`,
      "please hold",
    ),
    denies: anyOf("(?:no need to|don'?t|do not|not|never|won'?t|didn'?t) (?:put|hold|freeze|take)"),
  },
  {
    request: "resume",
    says: anyOf(
      `${ASK}(?:resume|restart|un-?pause|start (?:these |it |them |things |sending |the lessons |the e-?mails )?(?:back )?(?:up )?again|turn (?:these|it|them|the lessons|the e-?mails) back on|pick (?:this|it|things) back up)`,
      "(?:ready|good|ok|okay|able|happy|set) to (?:resume|restart|start (?:back )?(?:up )?again|get going again|pick (?:this|it) back up)",
      "retomar(?:lo|las? lecciones)?",
      "reanudar",
      "volver a (?:empezar|recibir)",
    ),
    denies: anyOf(
      "(?:don'?t|do not|not|no need) (?:to |yet |ready )*(?:resume|restart|start|turn|un-?pause)",
    ),
  },
  {
    request: "snooze",
    says: anyOf(
      `${ASK}(?:don'?t )?${COME_BACK}(?: (?:me|us|this|it|back|up|in|out|base|again|another|the|a|next|reminder|note|e-?mail|one|about|with|to|por|otra vez|de nuevo|en|el|hasta|until|on|after)){0,8} ${A_TIME}`,
      `(?:don'?t|do not|no need to|no (?:more )?)\\s?(?:need )?(?:\\S+ ){0,6}?(?:e-?mail|write|send|remind|reminders?|ask|nudge|ping|message|follow-?ups?)(?: \\S+){0,4}? (?:until|till|til|before) ${A_TIME}`,
      "(?:remind|nudge|ping|poke|prompt|bug) (?:me|us)(?!.{0,30}(?:any ?more|ever))(?! (?:if|about|what|how|to the))",
      `(?:e-?mail|ask|write|contact|text|message|try|check(?: back)?(?: in)? with|follow up with|circle back with|get back to|come back to|reach (?:back )?out to) (?:to )?(?:me|us)(?=.{0,60}${SOME_TIME})`,
      "check back",
      "circle back",
      "follow up (?:in|next|on|after)",
      `${ASK}try (?:me |us )?again`,
      "try (?:me|us) again",
      "remind(?:er)? (?:in|next|on|after|again|later)",
      `(?:(?<=^|[,;.] )|need |give (?:me|us) )(?:just |about )?(?:an?other|one|two|three|\\d+|a few|a couple(?: of)?)(?: more)? (?:days?|weeks?|months?)(?:,? (?:more|please|pls|thanks))+`,
      "give (?:me|us) (?:until|till|til)",
      `(?:${ASK}|can you |could you )(?:wait|hold off) (?:until|till|til|for|a)`,
      "send (?:me |us )?(?:a |another |the )?(?:reminder|nudge)",
      `give (?:me|us) ${LENGTH} (?:more |extra |good |one |two |three |\\d+ |few |couple )?(?:days?|weeks?|wks?|months?|time|while|bit|moment|minute)`,
      "(?:i|we) (?:just )?(?:need|could use) (?:an?|another|one|two|three|some|\\d+|a few|a couple(?: of)?)(?: more| extra| other)? ?(?:days?|weeks?|months?|time)",
      "snooze",
      `hold (?:this|these|them|it|off)? ?(?:until|till|for) ${A_TIME}`,
      `(?:don'?t|do not|no) (?:\\S+ ){0,2}(?:remind|nudge|ping|bug|e-?mail|write|ask)(?: \\S+){0,4} (?:for|in) (?:at least |about )?${A_TIME}`,
      `${MAILED}(?: \\S+){0,6} (?:${LEAVE}(?: \\S+){0,4} )?(?:for |in |on |until |till |after )?${A_TIME}(?=.*\\b(?:please|pls|would|could|can|may|great|help|save|appreciate|grateful)\\b)`,
      `(?:could|can|may|might|would|please|pls|need|want|grateful for|appreciate|love|like|use|give me)(?: \\S+){0,6} ${A_TIME}(?: \\S+){0,6} ${MAILED}`,
      `(?:could|can|may|would|please|pls)(?: \\S+){0,3} ${MAILED}(?: \\S+){0,5} ${A_TIME}`,
      `${A_LENGTH} (?:break|breather|pause|rest|holiday|reprieve|respite|hiatus)(?: \\S+){0,3} ${MAILED}`,
      "later,? (?:please|pls)",
      "maybe later",
      "not (?:right )?now",
      "recu[eé]rd[ae](?:me|nme|nos)",
      "(?:me|nos) (?:lo |la )?(?:pued\\p{L}+|podr[ií]a\\p{L}*) (?:volver a )?(?:recordar|avisar|escribir)",
      `(?:if you|could you|would you|to|that you|be kind enough to)(?: \\S+){0,3} remind(?:ed)? (?:me|us)(?: \\S+){0,4} ${A_TIME}`,
      "av[ií]s(?:e|en)me",
      "escr[ií]ban?me (?:en|el|la)",
    ),
    denies: anyOf(
      "(?:i|we|she|he|they)(?:'ll| will|'re| are|'m| am)?(?: (?:going|planning|plan|hoping|hope|want|need|agreed|have|had) to)? (?:tried?|circle|follow|check|ask|asked|try)(?: back| up)?",
      "(?:thanks?|thank you) (?:you )?for",
      "(?:don'?t|do not|no need to|didn'?t|she|he|they) (?:remind|nudge|ping|ask|e-?mail|check back|circle back|follow up|snooze|write|text|message|contact)(?:ed|ing|s)? ?(?:me|us)?",
      "(?<!if )(?:you|this|it|that|which) (?:reminded|nudged|pinged|prompted|reminds|asked) (?:me|us)",
    ),
  },
  {
    request: "help",
    says: anyOf(
      "(?:tell|let|inform|notify|ask) (?:her|him|them|my partner|the other|my counterpart|officer|det|detective|sgt)",
      `${ASK}(?:tell|inform|notify|message) (?!me\\b|us\\b|you\\b)\\p{L}+`,
      `${ASK}let (?!me\\b|us\\b|you\\b)\\p{L}+(?: \\p{L}+)? know`,
      "(?:not|no longer) the right person",
      "(?:has |have |'s )?tak(?:en|e|es|ing) over|took over",
      "(?:i|i've|i have) (?:moved|transferred|rotated) to (?:the |a )?(?:\\w+ )?(?:squad|unit|division|bureau|department|agency|section|job|role|position)",
      "(?:pass|relay|convey|send|give|forward) (?:(?:this|it|that|a message|the message|word|my \\w+|along|on|over) ){1,2}(?:on |along )?to (?!you\\b|me\\b|us\\b|the (?:lieutenant|sergeant|team))",
      "pass (?:this|it|that|a message|the message|word|my \\w+) (?:on|along)",
      "(?:need|want|like|have) (?:someone|somebody|anyone|anybody|a person) to",
      "(?:a |some )?(?:live|real|actual|human) (?:person|human|body|being)",
      "give (?:me|us) a (?:call|ring)",
      "(?:can|could|will|would) (?:you|someone|somebody|anyone) (?:please )?(?:call|contact|e-?mail|forward|reach|connect|help|give me|talk|check|find|look into|set (?:me|us) up|pair|match|fix|sort|get word|tell|let)",
      "(?:please|can you|could you) (?:call|contact|phone) me",
      "(?:i|we) (?:could use|need|want|would like|'d like)(?: some| your| a little)? help",
      "(?:is|are) (?:there )?(?:someone|somebody|anyone|anybody) (?:able to|who can|available)",
      "introduce us",
      "(?:need|want|have|like|ask|get) (?:the|a|our|your|my) (?:coordinator|program (?:staff|manager|lead))",
      "coordinator(?: \\S+){0,2} (?:call|contact|e-?mail|reach|write|to call|to contact)",
      "(?:need|want|looking for|assign(?:ed)?|find|pair(?:ed)?(?: me| us)?(?: up)? with|get|match(?:ed)?(?: me)? with) (?:me |us )?(?:a |an )?(?:someone|somebody|another (?:partner|officer|advocate|person|contact)|(?:new|different) (?:partner|officer|advocate|person|contact))(?: else)?",
      "(?:who|whom)(?:'s| is| am| are| do| should| will| would| can| gets?| takes?| tak)(?: \\S+){0,5} (?:with now|instead|paired(?: up)? with|my (?:new |next )?(?:partner|contact|counterpart)|taking over|tak(?:e|es) (?:over|my|the|her|his)|replac\\w+|in charge|seat)",
      "(?:doesn'?t|does not|no longer|not|never) (?:work|works|working|worked|employed|assigned)(?: (?:there|here|with us|for (?:us|them)|in|at))",
      "(?:left|quit|retired from) (?:the|her|his|our|their) (?:agency|department|job|unit|office|shelter|program|organization)",
      "(?:don'?t|do not|no longer) have a partner|without a partner|no partner (?:anymore|now|yet)",
      "me (?:cambiaron|transfirieron|trasladaron|movieron) (?:de|a)",
      "(?:ya no trabaj\\p{L}+|se jubil[oó]|renunci[oó]|otra persona|alguien m[aá]s)",
      "help me",
      "please help",
      "who (?:do|can|should|would) (?:i|we) (?:contact|call|talk|speak|ask|write|reach)",
      "(?:been|being|got|getting) (?:transferred|reassigned|re-assigned|promoted|moved to)",
      "no longer (?:with|work|in|at|assigned|the)",
      "(?:i'?m|i am|i'll be|i will be) (?:leaving (?!for|at|early|now|the office)|retiring|moving to|changing (?:jobs|units|roles)|transferring|rotating)",
      "my last day",
      "tak(?:e|es|ing) over (?:for me|my|this|as)",
      "(?:my |a )(?:replacement|successor)",
      "hand-?over",
      "hand(?:ing)? (?:this|it|my seat|the seat|things|these)? ?over",
      "(?:someone|somebody) else (?:should|will|needs|has|on my)",
      "(?:talk|speak|reach|contact|connect)(?: to| with)? (?:a (?:real )?(?:person|human)|someone|somebody|the coordinator)",
      "(?:different|another|new) (?:partner|counterpart)",
      "(?:is there )?a person i can (?:talk|speak|write) to",
      "partner (?:has |is )?(?:left|retired|moved|transferred|was reassigned|leaving|no longer|quit|gone|out on)",
      "(?:que )?alguien (?:me llame|que me|me contacte|me ayude)",
      "d[ií]gale",
      "d[ií]ganle",
      "av[ií]sele",
      "necesito ayuda",
      "pueden ayudar",
    ),
    denies: anyOf(
      "(?:let|tell) (?:them|her|him) know (?:that )?(?:we|i) (?:had|met|did)",
      "thanks? (?:you )?for (?:the |your )?help",
      "(?:i|we|she|he) (?:told|let|asked) (?:her|him|them)",
      "(?:i'?ll|will|going to|to|plan to|need to|should) (?:tell|let|ask) (?:her|him|them)",
    ),
  },
];
