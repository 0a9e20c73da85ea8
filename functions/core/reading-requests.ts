import type { Intent } from "./reading.ts";
import type { Sentence } from "./reading-text.ts";

/** What a sentence asks of us, beside telling what happened. */
export type Request = Extract<Intent, "stop" | "pause" | "resume" | "snooze" | "help" | "question">;

/** All requests of a sentence that is no command; words inside other phrases ("stopped by") are none. */
export function requestsIn(sentence: Sentence): readonly Request[] {
  const text = sentence.raw.toLowerCase();
  if (AWAY.test(text)) return [];
  const isHow = HOW.test(text);
  const found = REQUESTS.filter(
    ({ pattern, denied }) => pattern.test(text) && denied?.test(text) !== true,
  ).map(({ request }) => request);
  const meant = isHow ? found.filter((request) => request === "help") : found;
  return meant.length === 0 && sentence.isQuestion ? ["question"] : meant;
}

/** "I am out of the office until Monday": a note of a program or about one, which asks nothing. */
const AWAY =
  /\b(?:i am|i'm|i will be|i'll be) (?:currently |now )?(?:out of (?:the )?office|away from (?:my|the) (?:desk|office)|on (?:annual |medical |parental |maternity |paternity )?(?:leave|vacation)) (?:until|from|through|and will|with|returning|starting)|\bfor immediate assistance\b|\blimited access to e-?mail\b/;
const HOW =
  /^(?:(?:so|hi|hey|hello|also|and|ok),? )*(?:how (?:do|can|should|would|does)|what (?:happens|do i do)|can i|could i|may i|am i able|is it possible|should i|do i|does this|what if|if i)\b/;

interface RequestPattern {
  readonly request: Request;
  readonly pattern: RegExp;
  /** Turns the pattern's words into something else. */
  readonly denied?: RegExp;
}

const US =
  "(?:these|those|the|this|your|any|all|me|us|my|sending|e-?mails?|messages?|lessons?|reminders?|mailings?)";

const REQUESTS: readonly RequestPattern[] = [
  {
    request: "stop",
    pattern: new RegExp(
      `^(?:please,? |kindly |can you |could you |hi,? |hello,? )*(?:stop|quit|cease) (?:${US}\\b|contacting|writing|it)|\\bplease (?:stop|quit|cease) (?:${US}\\b|contacting|writing|it\\b)|\\bunsubscribe\\b|\\btake (?:me|us) off\\b|\\bremove (?:me|my (?:e-?mail|address|name))\\b|\\bopt(?:ing)?(?: me)? out\\b|\\b(?:don'?t|do not) (?:e-?mail|write|contact|message|send) (?:(?:to )?me|us|any|these)\\b(?! (?:on|before|after|until|at|the|any (?:names|case)|details))|\\bno more (?:e-?mails?|messages|lessons|reminders|of these)\\b|\\bcancel (?:my|our|this) (?:enrol?lment|subscription|participation|sign-?up|course|account|seat)\\b|\\b(?:want|like|need|have|going|decided|asking) to (?:stop (?:these|the|this|getting|receiving|doing)|quit|withdraw|opt out|drop out|unsubscribe|be removed|leave th(?:e|is) (?:course|program|series))\\b|\\b(?:i'?m|i am) (?:dropping out|withdrawing|opting out|quitting)\\b|\\bdejen? de (?:escribirme|enviarme|mandarme)|\\bno me (?:escriban|env[ií]en|manden)(?: m[aá]s)?|\\bdarme de baja\\b`,
    ),
    denied:
      /\b(?:don'?t|do not|no need to|never|didn'?t|won'?t|not) (?:want (?:you )?to |ask (?:you )?to |need to |going to )?(?:stop|quit|cease|unsubscribe|opt out|remove)\b/,
  },
  {
    request: "pause",
    pattern:
      /^(?:please,? |kindly |can you |could you |hi,? |hello,? )*(?:pause|suspend)\b|\b(?:please|to|can you|could you|let'?s|must|need to|have to|should|can we|could we) (?:pause|suspend|put (?:this|these|it|things|everything|us|me|the lessons?|the e-?mails?|our seat|my seat) on (?:hold|pause)|hold off|freeze|take a break)\b|^(?:please,? )?(?:put (?:this|these|it|things|everything|us|me|the lessons?|the e-?mails?|my seat) on (?:hold|pause)|hold off(?: on)?|hold (?:the|these|my|all|everything|this|off|our)|freeze)\b|\bplease hold\b|\b(?:need|taking|take|want) (?:to take )?a (?:short |little |brief )?(?:break|pause)\b(?! (?:from work|room|for lunch))|\bpon(?:er|gan|ga)? en pausa\b|\bpausen\b|\bpausar\b/,
    denied:
      /\b(?:no need to|don'?t|do not|not|never|without|won'?t|didn'?t|rather than) (?:want to |need to |have to )?(?:pause|suspend|put|hold|freeze|take a break|pausing)\b/,
  },
  {
    request: "resume",
    pattern:
      /^(?:please,? |can you |could you |hi,? |hello,? )*(?:resume|restart|un-?pause)\b|\b(?:please|to|can you|could you|let'?s|we can|you can) (?:resume|restart|un-?pause|start (?:these |it |them |things |sending )?(?:back )?(?:up )?again|turn (?:these|it|them|the lessons|the e-?mails) back on|pick (?:this|it|things) back up|start (?:the lessons|the e-?mails) again)\b|\bready to (?:resume|restart|start (?:back )?(?:up )?again|get going again|pick (?:this|it) back up)\b|\bretomar|\breanudar\b|\bvolver a (?:empezar|recibir)\b/,
    denied:
      /\b(?:don'?t|do not|not|not ready|no need) (?:to |yet |ready )*(?:resume|restart|start|turn|un-?pause)\b/,
  },
  {
    request: "snooze",
    pattern:
      /\b(?:remind|nudge|ping|poke|prompt|bug|e-?mail|ask|write|contact|text|message|try|check(?: back)?(?: in)?(?: with)?|follow up(?: with)?|circle back(?: with| to)?|get back to|come back to|reach out to|reach back out to) (?:me|us)\b(?!.{0,30}\b(?:any ?more|ever)\b)|\bcheck back\b|\bcircle back\b|\bfollow up (?:in|next|on|after)\b|\btry (?:me |us )?again (?:in|next|on|after|later)\b|\bremind(?:er)? (?:in|next|on|after|again|later)\b|\bsend (?:me |us )?(?:a |another |the )?(?:reminder|nudge)\b|\bgive (?:me|us) (?:a|an|another|one|two|three|until|till|some|\d+|a few|a couple)\b|\b(?:need|could use) (?:a|an|another|one|two|three|some|\d+|a few|a couple(?: of)?)(?: more| extra| other)? ?(?:days?|weeks?|months?|time)\b|\bsnooze\b|\bhold (?:this|these|them|it|off)? ?(?:until|till|for)\b|\brecu[eé]rd[ae](?:me|nme|nos)\b|\bav[ií]s(?:e|en)me\b|\bescr[ií]ban?me (?:en|el|la)\b/,
    denied:
      /\b(?:don'?t|do not|no need to|didn'?t|thanks? (?:you )?for (?:the |your )?|you|glad you|she|he|they|asked me|will|to|i'?ll|we'?ll) (?:remind|nudge|ping|ask|e-?mail|check back|circle back|follow up|snooze|try again|write|text|message|contact)(?:ed|ing)? ?(?:me|us)?\b(?!.{0,40}(?:please|again in|next week))/,
  },
  {
    request: "help",
    pattern:
      /\b(?:tell|let|inform|notify|ask) (?:her|him|them|my partner|the other|my counterpart|officer|det|detective|sgt)\b|\bpass (?:this|it|that|a message|the message|my)\b.{0,20}\b(?:on|along|to)\b|\b(?:can|could|will|would) (?:you|someone|somebody|anyone) (?:please )?(?:call|contact|e-?mail|forward|reach|connect|help|give me|talk)\b|\b(?:please|can you) (?:call|contact|phone) me\b|\b(?:i|we) (?:could use|need|want|would like|'d like)(?: some| your| a little)? help\b|\bhelp me\b|\bplease help\b|\b(?:can|could) (?:you|someone|anyone) help\b|\bwho (?:do|can|should|would) (?:i|we) (?:contact|call|talk|speak|ask|write|reach|go)\b|\b(?:been|being|got|getting) (?:transferred|reassigned|re-assigned|promoted|moved to)\b|\bno longer (?:with|work|in|at|assigned|the)\b|\b(?:i'?m|i am|i'll be|i will be) (?:leaving|retiring|moving to|changing (?:jobs|units|roles)|transferring|rotating)\b|\b(?:my )?last day\b|\btak(?:e|es|ing) over (?:for me|my|this|as)\b|\b(?:my |a )?(?:replacement|successor)\b|\bhand(?:ing)? (?:this|it|my seat|the seat|things|these)? ?over\b|\b(?:someone|somebody) else (?:should|will|needs|has|on my)\b|\b(?:talk|speak|reach|contact|connect) (?:to|with)? ?(?:a (?:real )?(?:person|human)|someone|somebody|the coordinator)\b|\b(?:different|another|new) (?:partner|counterpart|contact)\b|\bpartner (?:has |is )?(?:left|retired|moved|transferred|was reassigned|leaving|no longer|quit|gone|out on)\b|\b(?:d[ií]gale|d[ií]ganle|av[ií]sele|necesito ayuda|pueden ayudar)\b/,
    denied:
      /\b(?:let|tell) (?:them|her|him) know (?:that )?(?:we|i) (?:had|met|did)|\bthanks? (?:you )?for (?:the |your )?help\b|\b(?:i|we|she|he) (?:told|let|asked) (?:her|him|them)\b|\bi'?ll (?:tell|let|ask)\b|\b(?:will|going to|to|plan to|need to|should) (?:tell|let|ask) (?:her|him|them)\b/,
  },
];
