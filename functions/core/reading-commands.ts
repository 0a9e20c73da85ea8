import type { ActionKind } from "./action.ts";
import type { Day } from "./instant.ts";
import type { Command } from "./reading.ts";
import type { DateMention } from "./reading-calendar.ts";
import { durationDays, snoozeDaysIn } from "./reading-snooze.ts";

/** What one command phrase means. */
export type Word =
  | { readonly is: "done" | "not-yet" | "stop" | "resume" | "help" | "no" | "thanks" }
  | { readonly is: "snooze" | "pause"; readonly days: number | null }
  | { readonly is: "kind"; readonly kind: ActionKind; readonly word: string }
  | { readonly is: "command"; readonly command: Command };

/** A sentence that is nothing but commands, dates and politeness. */
export interface CommandSentence {
  readonly words: readonly Word[];
  readonly dates: readonly DateMention[];
  /** True when a word of a kind stands beside DONE with "and", "+" or "also" between them. */
  readonly adds: boolean;
}

/** Longer sentences are sentences. */
const COMMAND_CHARS_MAX = 90;

/**
 * Reads a sentence as commands, whatever their case, punctuation and small typos: "DONE 3/4",
 * "Done, thanks!", "snooze 10 days", "Not yet". Only a whole sentence can be one: "stopped by the
 * shelter" has words left over.
 *
 * @returns undefined when anything is left over
 */
export function readCommands(
  sentence: string,
  dates: readonly DateMention[],
  today: Day,
): CommandSentence | undefined {
  if (sentence.length > COMMAND_CHARS_MAX || sentence.includes("?") || TO_DO.test(sentence))
    return undefined;
  const plain = plainCommand(maskAll(sentence, dates));
  const timed = readTimed(plain, sentence, dates, today);
  if (timed) return { words: [timed], dates, adds: false };
  const words: Word[] = [];
  for (const piece of plain.split(SEPARATOR)) {
    const phrase = withoutFillers(piece ?? "");
    if (phrase === "") continue;
    const found = readPhrase(phrase);
    if (found === undefined) return undefined;
    words.push(...found);
  }
  return { words, dates, adds: /[+&]| and | y | plus | also | too\b/.test(` ${plain} `) };
}

/** "It's on my list for the weekend" is no list that was sent. */
const TO_DO = /\bon (?:my|our|the) (?:to-?do )?(?:list|calendar|plate|radar)\b/i;

function maskAll(text: string, dates: readonly DateMention[]): string {
  return dates.reduceRight(
    (masked, { index, end }) => `${masked.slice(0, index)} ⟦ ${masked.slice(end)}`,
    text,
  );
}

function plainCommand(text: string): string {
  return text
    .toLowerCase()
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu, " ")
    .replace(/(?:[:;]-?[)dp]|<3|\^\^)/g, " ")
    .replace(/["'`“”*_~#<>[\](){}|]/g, (mark) => (mark === "'" ? "'" : " "))
    .replace(/\s+/g, " ")
    .trim();
}

const SEPARATOR = /\s*[,;.!+&/:⟦]\s*|\s+-+\s*|\s*-+\s+|\s+(?:and|y|plus|also|with)\s+/;

/** Words around a command that change nothing. */
const FILLERS =
  /^(?:(?:hi|hello|hey|hola|so|ok|okay|please|pls|por favor|thanks|thank you|thx|ty|gracias|just|we are|we're|i am|i'm|it's|its|it is|that's|about|around|sometime|also|on|el|the|as of|date|dated|from|in|de|en|since|team|all|everyone|there|common ground|yes|yep|yeah|s[ií]|also|too|ya|finally|again|so much|a lot|very much|sir|ma'am)\b ?)+|(?: (?:please|pls|por favor|thanks|thank you|thx|gracias|today|now|on|the|again|too|also|ya|so much|a lot|very much|in|from|for|to|by|over to|el|for now|everyone|all|team))+$/;

function withoutFillers(piece: string): string {
  const phrase = piece.trim().replace(/^[-–\s]+|[-–\s]+$/g, "");
  if (TABLE.has(phrase)) return phrase;
  return phrase.replace(FILLERS, "").trim().replace(FILLERS, "").trim();
}

function readPhrase(phrase: string): readonly Word[] | undefined {
  const whole = TABLE.get(phrase);
  if (whole !== undefined) return [whole];
  const [first = "", ...others] = phrase.split(" ");
  const head = TABLE.get(first);
  const rest = TABLE.get(others.join(" "));
  const isPair = /^(?:done|hecho)$/.test(first) || rest?.is === "done" || head?.is === "command";
  return isPair && head !== undefined && rest !== undefined ? [head, rest] : undefined;
}

const SNOOZE =
  /^(?:please )?(?:snooze|later|remind(?: me)?(?: again)?|nudge me|ping me|recordar(?:me)?|recu[eé]rd[ae]me|posponer|m[aá]s tarde)(?: (?:in|for|on|after|en|por|again|until|hasta|at|el|otra vez|de nuevo|later|about|for about|another))*(?: (?:\d{1,3}|⟦|.{1,24}))?$/;
const PAUSE =
  /^(?:(?:please|por favor) )?(?:pause|pausa|pausar|pauses|poner en pausa)(?: (?:for|until|till|por|durante|hasta|this|it|me|lessons|my seat|everything|these|emails?|the))*(?: (?:\d{1,3}|⟦|.{1,24}))?$/;
const COUNTED =
  /(?:^|\s)(\d{1,3})(?=$|\s(?:days?|weeks?|months?|d[ií]as?|semanas?|mes(?:es)?|d|w|wks?)\b|\s*$)/;

/** "SNOOZE 10", "PAUSE 3 WEEKS", "pause until June 1": the words behind must be a time and nothing else. */
function readTimed(
  plain: string,
  sentence: string,
  dates: readonly DateMention[],
  today: Day,
): Word | undefined {
  const phrase = plain
    .replace(/[.!,]+/g, " ")
    .replace(/ (?:please|thanks|thank you|pls|gracias|por favor)\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const isPause = PAUSE.test(phrase);
  if (!isPause && !SNOOZE.test(phrase)) return undefined;
  const rest = phrase.replace(
    /^\S+(?: (?:me|in|for|on|after|en|por|again|until|till|hasta|durante|at|el|about|another|this|it|lessons|my seat|everything|these|emails?|the|tarde|otra vez|de nuevo|later))*\s?/,
    "",
  );
  const days = snoozeDaysIn(sentence, dates, today) ?? bareCount(rest, isPause);
  const isOnlyTime =
    rest === "" || /^⟦$/.test(rest) || COUNTED.test(rest) || durationDays(rest) !== null;
  if (!isOnlyTime) return undefined;
  return { is: isPause ? "pause" : "snooze", days };
}

/** "SNOOZE 10" counts days, "PAUSE 3" counts weeks, as the mails offer them. */
function bareCount(rest: string, isPause: boolean): number | null {
  const count = /^(\d{1,3})$/.exec(rest)?.[1];
  return count === undefined ? null : Number(count) * (isPause ? 7 : 1);
}

const TABLE: ReadonlyMap<string, Word> = new Map([
  ...entries(
    { is: "done" },
    "done|all done|done it|got it done|did it|donee|doen|dnoe|doone|donne|dne|it is done|completed|complete|finished|all finished|task done|task completed|lesson done|mission accomplished|hecho|hecha|ya esta|ya está|esta hecho|está hecho|completado|terminado|ya lo hice|ya lo hicimos|lo hice|lo hicimos|we did it|i did it|did this|we did this|we did|all done here|done and done|done and dusted|we are done|we're done|done with it|done with this|done with this one",
  ),
  ...entries(
    { is: "not-yet" },
    "not yet|not-yet|notyet|not done|not done yet|not yet done|no not yet|nope not yet|not quite|not quite yet|not at this time|haven't yet|havent yet|we haven't|we haven't yet|i haven't|i haven't yet|not so far|soon|todavía no|todavia no|aún no|aun no|no todavía|no todavia|no yet|not eyt|nto yet|no aun|no aún|still working on it|working on it|in progress|will do|will do soon|not started|not started yet",
  ),
  ...entries({ is: "no" }, "no|nope|nah|negative"),
  ...entries(
    { is: "stop" },
    "stop|stop all|stopall|stop it|stop emails|stop these|stop sending|please stop|unsubscribe|unsubscribe me|opt out|opt-out|remove me|alto|baja|darme de baja|parar|cancelar|cancelar suscripción|unsuscribe|unsubcribe|stpo|sotp|stopp|detener|no más|no mas",
  ),
  ...entries(
    { is: "resume" },
    "resume|restart|re-start|unpause|un-pause|continue|seguir|reanudar|continuar|reiniciar|resmue|resume please|resume lessons|resume course",
  ),
  ...entries(
    { is: "help" },
    "help|help me|ayuda|ayúdame|ayudame|need help|i need help|hlep|info|necesito ayuda",
  ),
  ...entries(
    { is: "thanks" },
    "check|checked|sometime|gracias por la invitación|gracias por la invitacion|thanks for the invitation|thank you for the invitation|thanks for the invite|thanks for inviting me|thanks|thank you|thx|ty|gracias|muchas gracias|ok|okay|hi|hello|hola|great|best|cheers|regards|sorry for the delay|sorry for the late reply|sorry|hope you are well|hope all is well|have a good one|have a good day|have a great day|have a great weekend|have a good weekend|finally|woohoo|yay|us|as requested",
  ),
  ...kind("intro-call", "call|calls|the call|phone call|intro call|llamada|la llamada"),
  ...kind("role-map", "list|lists|my list|the list|lista|listas|lista enviada"),
  ...kind(
    "meet-informally",
    "coffee|lunch|met|coffe|cofee|lucnh|had coffee|had lunch|we met|met up|café|cafe|almuerzo|breakfast|nos reunimos",
  ),
  ...kind("tension-preview", "talked|we talked|hablamos"),
  ...kind("trust-checkin", "numbers|number|numeros|números"),
  ...kind("mou-draft", "drafted|draft|borrador|redactado"),
  ...kind("mou-needed", "need one|we need one|need it|necesitamos uno"),
  ...kind("mou-sent", "sent|enviado"),
  ...kind(
    "mou-signed",
    "signed|have one|we have one|got one|already have one|we already have one|firmado|tenemos uno|ya tenemos uno",
  ),
  ...kind("mou-review", "reviewed|revisado"),
  ...kind(
    "mou-not-needed",
    "not needed|no need|none needed|not necessary|no agreement needed|no mou needed|no es necesario|no hace falta",
  ),
  ...kind("timeline-swap", "swapped|swap|intercambiado|timelines swapped"),
  ...kind("info-sharing-map", "boxes|box|casillas|cuadros"),
  ...kind("cross-training", "trained|capacitación|capacitado"),
  ...kind("repair-conversation", "reset|re-set"),
  ...kind("debrief", "looked back|look back|lookedback"),
  ...command("START", "start|start again|comenzar"),
  ...command("FIX", "fix|fix it|fix that|fix this|corregir"),
  ...command("DISAGREE", "disagree|i disagree|no estoy de acuerdo"),
  ...command("HANDOVER", "handover|hand over|hand-over|hand it over|hand off|handoff"),
  ...command("INVITED", "invited|invitado|invitada"),
  ...command("KEEP", "keep|keep them|keep going"),
  ...command("WAIT", "wait|esperar"),
  ...command("END", "end|end it|terminar"),
  ...command("REVISE", "revise|revisar"),
  ...command(
    "YES",
    "acepto|sí acepto|si acepto|i accept|accepted|i'm in|count me in|sign me up|me apunto|yes|sí|si|yes please|yep|yeah|yes i do|yes i confirm|i confirm|confirm|confirmed|confirmo",
  ),
]);

function entries(word: Word, phrases: string): readonly (readonly [string, Word])[] {
  return phrases.split("|").map((phrase) => [phrase, word] as const);
}

function kind(action: ActionKind, phrases: string): readonly (readonly [string, Word])[] {
  return phrases.split("|").map((word) => [word, { is: "kind", kind: action, word }] as const);
}

function command(name: Command, phrases: string): readonly (readonly [string, Word])[] {
  return entries({ is: "command", command: name }, phrases);
}
