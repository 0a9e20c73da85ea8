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
  const found = REQUESTS.filter(({ says, denies }) => says.test(text) && !denies.test(text)).map(
    ({ request }) => request,
  );
  const meant =
    sentence.isQuestion && HOW.test(text) ? found.filter((one) => one === "help") : found;
  return meant.length === 0 && sentence.isQuestion ? ["question"] : meant;
}

/** A note that somebody is away, by a program or about one, asks nothing. */
const AWAY = anyOf(
  "(?:i am|i'm|i will be|i'll be) (?:currently |now )?(?:out of (?:the )?office|away from (?:my|the) (?:desk|office)|on (?:annual |medical |parental |maternity |paternity )?(?:leave|vacation)) (?:until|from|through|and will|with|returning|starting)",
  "for immediate assistance",
  "limited access to e-?mail",
);
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
  "(?:(?<=^|[,;] )(?:(?:please|kindly|hi|hello|ok|yes|so|but|and|just),? )*|please,? |kindly |can you (?:please )?|could you (?:please )?|would you (?:please )?|let'?s |(?:must|need to|have to|should|want to|like to|can we|could we|we can|you can) )";
const THESE =
  "(?:(?:these|those|the|this|your|any|all|me|us|my|our|things|everything|it)\\b|sending|(?:e-?mails?|messages?|lessons?|reminders?|mailings?)\\b)";
const SOME_TIME =
  "(?:again|later|next|after|until|tomorrow|in (?:an?|one|two|three|four|\\d+)|days?|weeks?|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)";
const LENGTH = "(?:an?|another|one|two|three|four|some|\\d+|a few|a couple(?: of)?|until|till)";

const REQUESTS: readonly RequestPattern[] = [
  {
    request: "stop",
    says: anyOf(
      `${ASK}(?:stop|quit|cease) (?:sending|e-?mailing|contacting|writing|(?:these|those|the|this|your|any|all|my|our) (?:\\w+ )?(?:e-?mails?|messages?|lessons?|reminders?|mailings?|course|program|series|stuff)|(?:e-?mails?|messages?|lessons?|reminders?)|(?:this|these|it|all)(?=[.!,]|$| please| now))`,
      "(?:please |kindly )stop(?=[.,!;]|$)",
      "unsubscribe",
      "take (?:me|us) off",
      "remove (?:me|my (?:e-?mail|address|name))",
      "opt(?:ing)?(?: me)? out",
      "(?:don'?t|do not) (?:e-?mail|write|contact|message|send) (?:(?:to )?me|us|any|these)(?! (?:on|before|after|until|at|the|any (?:names|case)|details))",
      "(?:don'?t|do not) want (?:any ?more|any|these|to get|to receive)(?: of| more)?(?: (?:these|e-?mails?|messages|lessons|reminders|this))+",
      "no more (?:e-?mails?|messages|lessons|reminders|of these)",
      "cancel (?:my|our|this) (?:enrol?lment|subscription|participation|sign-?up|course|account|seat)",
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
      `${ASK}(?:put (?:\\w+ )?(?:\\w+ )?on hold|hold off|hold ${THESE}|freeze ${THESE}|take a break)`,
      "please hold",
    ),
    denies: anyOf("(?:no need to|don'?t|do not|not|never|won'?t|didn'?t) (?:put|hold|freeze|take)"),
  },
  {
    request: "resume",
    says: anyOf(
      `${ASK}(?:resume|restart|un-?pause|start (?:these |it |them |things |sending |the lessons |the e-?mails )?(?:back )?(?:up )?again|turn (?:these|it|them|the lessons|the e-?mails) back on|pick (?:this|it|things) back up)`,
      "ready to (?:resume|restart|start (?:back )?(?:up )?again|get going again|pick (?:this|it) back up)",
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
      "(?:remind|nudge|ping|poke|prompt|bug) (?:me|us)(?!.{0,30}(?:any ?more|ever))(?! (?:if|about|what|how|to the))",
      `(?:e-?mail|ask|write|contact|text|message|try|check(?: back)?(?: in)? with|follow up with|circle back with|get back to|come back to|reach (?:back )?out to) (?:to )?(?:me|us)(?=.{0,60}${SOME_TIME})`,
      "check back",
      "circle back",
      "follow up (?:in|next|on|after)",
      `${ASK}try (?:me |us )?again`,
      "try (?:me|us) again",
      "remind(?:er)? (?:in|next|on|after|again|later)",
      "send (?:me |us )?(?:a |another |the )?(?:reminder|nudge)",
      `give (?:me|us) ${LENGTH}`,
      "(?:i|we) (?:just )?(?:need|could use) (?:an?|another|one|two|three|some|\\d+|a few|a couple(?: of)?)(?: more| extra| other)? ?(?:days?|weeks?|months?|time)",
      "snooze",
      "hold (?:this|these|them|it|off)? ?(?:until|till|for)",
      "later,? (?:please|pls)",
      "maybe later",
      "not (?:right )?now",
      "recu[eé]rd[ae](?:me|nme|nos)",
      "av[ií]s(?:e|en)me",
      "escr[ií]ban?me (?:en|el|la)",
    ),
    denies: anyOf(
      "(?:i|we|she|he|they)(?:'ll| will|'re| are|'m| am)?(?: (?:going|planning|plan|hoping|hope|want|need|agreed|have|had) to)? (?:tried?|circle|follow|check|ask|asked|try)(?: back| up)?",
      "(?:thanks?|thank you) (?:you )?for",
      "(?:don'?t|do not|no need to|didn'?t|she|he|they) (?:remind|nudge|ping|ask|e-?mail|check back|circle back|follow up|snooze|write|text|message|contact)(?:ed|ing|s)? ?(?:me|us)?",
      "(?:you|this|it|that|which) (?:reminded|nudged|pinged|prompted|reminds|asked) (?:me|us)",
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
      "pass (?:this|it|that|a message|the message|my \\w+) (?:on|along|to)",
      "(?:can|could|will|would) (?:you|someone|somebody|anyone) (?:please )?(?:call|contact|e-?mail|forward|reach|connect|help|give me|talk|check|find out|look into)",
      "(?:please|can you|could you) (?:call|contact|phone) me",
      "(?:i|we) (?:could use|need|want|would like|'d like)(?: some| your| a little)? help",
      "(?:is|are) (?:there )?(?:someone|somebody|anyone|anybody) (?:able to|who can|available)",
      "introduce us",
      "help me",
      "please help",
      "who (?:do|can|should|would) (?:i|we) (?:contact|call|talk|speak|ask|write|reach|go)",
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
