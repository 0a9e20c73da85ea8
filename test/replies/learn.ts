import { writeFileSync } from "node:fs";
import { LESSON_KINDS } from "../../functions/core/action.ts";
import { type Day, localDay } from "../../functions/core/instant.ts";
import type { Intent } from "../../functions/core/reading.ts";
import {
  cluesIn,
  HUNCH_INTENTS,
  type HunchIntent,
  WEIGHT_STEPS,
} from "../../functions/core/reading-hunch.ts";
import { splitSignature } from "../../functions/core/reading-signature.ts";
import { plainText, splitSentences } from "../../functions/core/reading-text.ts";
import { loadHunches, loadLabelled, TIME_ZONE } from "./labelled.ts";

/**
 * Learns the table behind `reading-hunch.ts` from the labelled replies, without those kept aside, and from
 * `hunches.jsonl`, of which only lesson and intent are fixed:
 *
 *     npx tsx test/replies/learn.ts
 *
 * Logistic regression by proximal gradient steps over all replies at once. What a weight must earn to be
 * kept keeps the table small. Nothing is left to chance: the same replies give the same table.
 */
interface Example {
  readonly clues: readonly string[];
  readonly intent: HunchIntent;
}

const ROUNDS = 200;
/** What a weight must earn to be kept; more makes a smaller table. */
const TOLL = 0.0003;
/** A clue that stands in a single reply is chance. */
const REPLIES_MIN = 2;

function isHunchIntent(intent: Intent): intent is HunchIntent {
  return (HUNCH_INTENTS as readonly Intent[]).includes(intent);
}

function exampleOf(body: string, lesson: number, intent: Intent, today: Day): readonly Example[] {
  const sentences = splitSentences(splitSignature(plainText(body)).body, today);
  const clues = [...cluesIn(sentences, LESSON_KINDS[lesson - 1])];
  return isHunchIntent(intent) ? [{ clues, intent }] : [];
}

function examples(): readonly Example[] {
  const labelled = loadLabelled("sentences").flatMap(({ body, lesson, sentOn, timeZone, label }) =>
    exampleOf(body, lesson, label.intent, localDay(sentOn, timeZone ?? TIME_ZONE)),
  );
  const more = loadHunches().flatMap(({ body, lesson, intent }) =>
    exampleOf(body, lesson, intent, A_DAY),
  );
  return [...labelled, ...more];
}

/** When the replies were written of which only the intent is fixed. */
const A_DAY = "2026-10-14" as Day;

/** A weight for each clue (row) and intent (column). */
interface Table {
  readonly rows: ReadonlyMap<string, number>;
  readonly weights: Float64Array;
}

const COLUMNS = HUNCH_INTENTS.length;

function learn(examples: readonly Example[]): Table {
  const rows = rowsOf(examples);
  const known = examples.map(({ clues, intent }) => ({
    clues: clues.flatMap((clue) => rows.get(clue) ?? []),
    column: HUNCH_INTENTS.indexOf(intent),
  }));
  const size = stepSize(known.map(({ clues }) => clues.length));
  let weights = new Float64Array(rows.size * COLUMNS);
  let ahead = weights;
  let speed = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = slopesAt(ahead, known);
    const next = ahead.map((weight, at) => shrink(weight - size * (slopes[at] ?? 0), size * TOLL));
    const faster = (1 + Math.sqrt(1 + 4 * speed * speed)) / 2;
    const last = weights;
    ahead = next.map((weight, at) => weight + ((speed - 1) / faster) * (weight - (last[at] ?? 0)));
    weights = next;
    speed = faster;
  }
  return { rows, weights };
}

function rowsOf(examples: readonly Example[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const clue of examples.flatMap(({ clues }) => clues)) {
    counts.set(clue, (counts.get(clue) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= REPLIES_MIN).map(([clue]) => clue);
  return new Map(kept.sort().map((clue, row) => [clue, row]));
}

/** Small enough for replies of common length, which share few clues. */
function stepSize(lengths: readonly number[]): number {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return 1 / (0.04 * mean);
}

function shrink(weight: number, toll: number): number {
  return Math.sign(weight) * Math.max(0, Math.abs(weight) - toll);
}

interface Known {
  readonly clues: readonly number[];
  readonly column: number;
}

function slopesAt(weights: Float64Array, examples: readonly Known[]): Float64Array {
  const slopes = new Float64Array(weights.length);
  for (const { clues, column } of examples) {
    const shares = sharesOf(clues, weights);
    shares.forEach((share, at) => {
      const slope = (share - (at === column ? 1 : 0)) / examples.length;
      for (const row of clues)
        slopes[row * COLUMNS + at] = (slopes[row * COLUMNS + at] ?? 0) + slope;
    });
  }
  return slopes;
}

function sharesOf(clues: readonly number[], weights: Float64Array): readonly number[] {
  const sums = HUNCH_INTENTS.map((_, at) =>
    clues.reduce((sum, row) => sum + (weights[row * COLUMNS + at] ?? 0), 0),
  );
  const most = Math.max(...sums);
  const parts = sums.map((sum) => Math.exp(sum - most));
  const whole = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / whole);
}

/** A line for each clue that counts: `we had=a7c-3`. */
function linesOf({ rows, weights }: Table): readonly string[] {
  return [...rows].flatMap(([clue, row]) => {
    const kept = HUNCH_INTENTS.flatMap((_, at) => {
      const steps = Math.round((weights[row * COLUMNS + at] ?? 0) * WEIGHT_STEPS);
      return steps === 0 ? [] : [`${String.fromCharCode("a".charCodeAt(0) + at)}${steps}`];
    });
    return kept.length === 0 ? [] : [`${clue}=${kept.join("")}`];
  });
}

const FILE = new URL("../../functions/core/reading-hunch-weights.ts", import.meta.url);
const HEAD =
  "/** Learned by `npx tsx test/replies/learn.ts`, and written by it alone. */\nexport const HUNCH_WEIGHTS =\n";

const learned = examples();
const lines = linesOf(learn(learned));
writeFileSync(FILE, `${HEAD}  ${JSON.stringify(lines.join("|"))};\n`);
process.stdout.write(`${lines.length} clues learned from ${learned.length} replies\n`);
