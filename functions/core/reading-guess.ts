import type { ActionKind } from "./action.ts";
import { toneOf } from "./reading-guards.ts";
import type { Clause } from "./reading-text.ts";
import { FOOD } from "./reading-words.ts";

/**
 * What a clause probably tells when no known phrase fits: a thing of the lessons, in the past, and
 * nothing against it. A guess is never logged; it is the button the person is offered.
 */
export function guessKinds(
  { text }: Clause,
  topic: ActionKind | undefined,
  isDated: boolean,
): readonly ActionKind[] {
  if (toneOf(text) !== undefined || THEIR_HALF.test(text) || TO_COME.test(text)) return [];
  if (topic !== undefined && isDated && isOver(text) && OF_THE_TWO.test(text)) return [topic];
  if (!isOver(text) && !isDated) return [];
  const own = topic === undefined ? undefined : TOPIC_THINGS[topic];
  const named = THINGS.filter(({ kind }) => kind !== topic && isTold(text, kind));
  const isOwn = THINGS.some(({ kind, says }) => kind === topic && says.test(text));
  const kinds = named.map(({ kind }) => kind);
  return topic !== undefined && (isOwn || own?.test(text) === true) ? [topic, ...kinds] : kinds;
}

/** Told of both, on a day: most likely what the mail asked for, whatever it is called. */
const OF_THE_TWO = /\b(?:we|us|both of us|together|each other|with (?:her|him|my partner))\b/;

/** What the partner sent is no deed of the one who writes. */
const THEIR_HALF =
  /\b(?:sent|gave|shared|e-?mailed|texted|forwarded|handed) (?:me|us)\b|\bgot (?:her|his|their)s?\b/;

/** Does a text name the thing a kind is about? */
export function speaksOfKind(text: string, kind: ActionKind): boolean {
  return namesKind(text, kind) || TOPIC_THINGS[kind]?.test(text) === true;
}

/** Does a text name the thing by a word that means this kind alone? */
export function namesKind(text: string, kind: ActionKind): boolean {
  return THINGS.some((one) => one.kind === kind && one.says.test(text));
}

/** "Between his court date and my staff meeting", "after coffee" only tell when. */
function isTold(text: string, kind: ActionKind): boolean {
  const says = THINGS.find((one) => one.kind === kind)?.says.exec(text);
  return says != null && !ONLY_WHEN.test(text.slice(0, says.index));
}

const ONLY_WHEN =
  /\b(?:after|before|between|during|until|till|from|for|about|like|of|than|to|instead of|without|no|if) (?:(?:a|an|the|our|my|his|her|their|some|any|next|another) )?(?:\S+ )?$|\bbetween .{0,40} and (?:\S+ ){0,2}$/;

function thing(kind: ActionKind, says: string): { kind: ActionKind; says: RegExp } {
  return { kind, says: new RegExp(`(?<![\\p{L}\\p{N}])(?:${says})(?![\\p{L}\\p{N}])`, "u") };
}

/** Nouns that mean one kind whatever the mail asked for. */
const THINGS = [
  thing("intro-call", "(?:the|our|a|that|intro|phone|first|video) call|llamada|videollamada"),
  thing(
    "role-map",
    "(?:my|our|the|both|two|her|his) lists?|lists|role map|(?:mi|la|las|mis|nuestras?) listas?",
  ),
  thing("meet-informally", `${FOOD}|almuerzo|cafecito|desayuno|cena`),
  thing(
    "tension-preview",
    "friction(?: points?)?|if[- ]thens?|tensions|hard[- ]parts?|hard moments|fricciones|tensiones",
  ),
  thing(
    "trust-checkin",
    "(?:our|the|duty|cell|phone|each other's|after[- ]hours) numbers|test (?:text|message|msg)s?|n[uú]meros",
  ),
  thing("mou-draft", "draft|outline|one[- ]pager|borrador"),
  thing("timeline-swap", "time ?lines?|cronogramas?|plazos|l[ií]neas? de tiempo"),
  thing("info-sharing-map", "(?:four|4|my|our|the) boxes|cajas|casillas|recuadros|cuadros"),
  thing("cross-training", "roll[ -]?call|in-?service|staff meeting|muster|briefing|pase de lista"),
  thing("repair-conversation", "reset"),
  thing("debrief", "debrief|look[- ]back|both questions|(?:four|two|4|2) questions|repaso|balance"),
];

/** In answer to the mail about it, looser words will do. */
const TOPIC_THINGS: Readonly<Partial<Record<ActionKind, RegExp>>> = {
  "intro-call":
    /\b(?:call|talk(?:ed)?|spoke|chat(?:ted)?|phone|connected|conversation|llam\p{L}+|habl\p{L}+)(?!\p{L})/u,
  "role-map": /\b(?:lists?|sent|shared|emailed|listas?|mand\p{L}+|envi\p{L}+)(?!\p{L})/u,
  "meet-informally":
    /\b(?:met|meet-?up|sat|visited|hung out|got together|linked up|connected|caught up|ride[- ]?along|reuni\p{L}+|vimos|encontramos|juntamos)(?!\p{L})/u,
  "tension-preview":
    /\b(?:talk(?:ed)?|moments|hard (?:parts?|stuff)|scenarios?|conversation|discuss(?:ed)?|pl[aá]tica|habl\p{L}+|conversaci[oó]n)(?!\p{L})/u,
  "trust-checkin":
    /\b(?:numbers?|contacts?|text(?:ed)?|exchanged|swapped|saved|n[uú]meros?|contactos)(?!\p{L})/u,
  "mou-draft": /\b(?:draft(?:ed)?|wrote|outlined?|page|escribi\p{L}+|redact\p{L}+)(?!\p{L})/u,
  "timeline-swap":
    /\b(?:swapped|compared|calendars?|clocks?|deadlines|steps|compar\p{L}+|intercambi\p{L}+)(?!\p{L})/u,
  "info-sharing-map": /\b(?:box(?:es)?|filled|columns?|quadrants?|grid|chart|llen\p{L}+)(?!\p{L})/u,
  "cross-training":
    /\b(?:train(?:ed|ing)?|present(?:ed|ation)?|spoke|talk(?:ed)?|class|session|academy|shift|squad|unit|officers|meeting|pl[aá]tica|charla|presentaci[oó]n|capacit\p{L}+|entren\p{L}+)(?!\p{L})/u,
  "repair-conversation":
    /\b(?:talk(?:ed)?|conversation|apologi[sz]ed|cleared|sorted|smoothed|made up|hashed|squared|air|pl[aá]tica|habl\p{L}+|aclar\p{L}+)(?!\p{L})/u,
  debrief:
    /\b(?:questions|talk(?:ed)?|reflect(?:ed|ion)?|went (?:over|through|thru)|answered|looked|reviewed|repas\p{L}+|habl\p{L}+)(?!\p{L})/u,
};

const OVER =
  /\b(?:\p{L}{2,}ed|met|had|did|got|went|sat|spoke|sent|gave|came|wrote|made|took|ran|held|told|was|were|has been|have been|done|over|complete|finally|caught|brought|saw|found|drew|stood|hung|ate|drank|left|swung|hecho|list[oa]s?|\p{L}{2,}(?:amos|imos|aron|ieron)|\p{L}{2,}(?:ad|id)[oa]s?|fue|fuimos|hice|dio|di|vino|llenas?)(?!\p{L})|\p{L}{3,}(?:é|í|ó)(?!\p{L})/u;
const NO_PAST =
  /\b(?:'ve got|have got|has got|'s got|need|unneeded|scheduled|planned|booked|hundred|red|bed|indeed|used to|supposed|interested|worried|confused|tired)\b/g;
const TO_COME =
  /\bnext\b|\b(?:i|we|he|she|they|partner) (?:\w+ )?(?:present|meet|come|speak|call|train|talk|trade|swap|do|have|go|visit|sign|send)s?\b|^(?:just )?(?:scheduled|setting up|meeting|calling|emailed (?:her|him|them) to|asked|invited)\b|\b(?:to (?:schedule|set up|plan|arrange)|for (?:a|our) (?:date|time)|invitation)\b/;

/** Told in the past, or as something finished. */
export function isOver(text: string): boolean {
  return OVER.test(text.replace(NO_PAST, " "));
}
