import type { Slot } from "../../functions/core/slot.ts";
import { ALL_CHECKS } from "./checks/all.ts";
import { type Counts, NOTHING_COUNTED } from "./checks/check.ts";
import type { Code } from "./code.ts";
import { CROWD_SLOT, crowdFaults, crowdOf } from "./crowd.ts";
import { createDice, type Dice } from "./dice.ts";
import type { FaultInjector } from "./fault-injector.ts";
import {
  DAY_MS,
  drawFaults,
  type FaultOptions,
  type Faults,
  HOUR_MS,
  NO_FAULTS,
  withOptions,
} from "./faults.ts";
import { handleMessage, receiveNotice, startTimers } from "./functions-in-time.ts";
import { publishFirst, startOperator } from "./operator.ts";
import { startPartners } from "./partners.ts";
import { createCast } from "./people.ts";
import { createWorld, type World } from "./world.ts";

/** How long a run is and how many pairs it has. */
export interface Profile {
  readonly weeks: number;
  readonly pairs: number;
  /** One slot for all; each pair's own when absent. */
  readonly slot?: Slot;
}

export interface RunOptions {
  readonly seed: number;
  readonly codes: readonly [Code, ...Code[]];
  readonly profile?: Profile;
  /** Instead of what the seed draws. */
  readonly faults?: (startMs: number) => Faults;
  readonly faultOptions?: FaultOptions;
  readonly injector?: FaultInjector;
  readonly keepsHistory?: boolean;
  readonly isCareful?: boolean;
}

export interface Violation {
  readonly seed: number;
  readonly check: string;
  readonly detail: string;
  readonly at: string;
}

export interface RunResult extends Counts {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly calls: number;
  /** The same for the same seed, whenever and wherever it runs. */
  readonly history: string;
  readonly lines: readonly string[];
  readonly faults: Faults;
}

/** After the bad time: longer than two graces of a day, a slot and everything that waits for them. */
const CALM_DAYS = 17;
/** Many times what the worst run needs; beyond it something calls up copies of itself. */
const CALLS_MAX_PER_PAIR_WEEK = 10_000;
/** In fair weather the rules are strict: the same wall time, seven days, to the quarter of an hour. */
const FAIR_EVERY = 10;
const YEAR_EVERY = 25;
const FIRST_MS = Date.parse("2026-01-05T00:00:00Z");

/** One seed is one history: a bad time of several pairs, then calm, then a look at what is left. */
export async function runSeed(options: RunOptions): Promise<RunResult> {
  const { seed } = options;
  const dice = createDice(seed, "run");
  const profile = options.profile ?? drawProfile(seed);
  const startMs = FIRST_MS + dice.between(0, 364 * 24) * HOUR_MS;
  const calmMs = startMs + profile.weeks * 7 * DAY_MS;
  const faults =
    options.faults?.(startMs) ??
    withOptions(faultsOf(seed, dice.fork("profile"), startMs, calmMs), options.faultOptions ?? {});
  const isFair = faults === NO_FAULTS && options.injector === undefined;
  const cast = createCast(dice.fork("cast"), faults, profile, { startMs, calmMs });
  const violations: Violation[] = [];
  const counts: Counts = { ...NOTHING_COUNTED };
  const world: World = createWorld({
    seed,
    startMs,
    calmMs,
    faults,
    codes: options.codes,
    keepsHistory: options.keepsHistory ?? false,
    isCareful: options.isCareful ?? false,
    ...(options.injector === undefined ? {} : { injector: options.injector }),
    hooks: {
      handle: (message, onEnd) => handleMessage(world, message, onEnd),
      receive: (notice, onEnd) => receiveNotice(world, notice, onEnd),
      fateOf: (to, kind) => cast.fateOf(to, kind, world.timeline.nowMs()),
    },
  });
  publishFirst(world);
  startTimers(world);
  const partners = startPartners(world, cast, dice.fork("partners"));
  startOperator(world, dice.fork("operator"));
  const report = (check: string, detail: string) => {
    const at = new Date(world.timeline.nowMs()).toISOString();
    world.history.note(world.timeline.nowMs(), `VIOLATION ${check}: ${detail}`);
    violations.push({ seed, check, detail, at });
  };
  const scene = { world, cast, partners, counts, report, isFair };
  const checks = ALL_CHECKS.map((create) => create(scene));
  for (const check of checks) world.watch(check);
  const callsMax = CALLS_MAX_PER_PAIR_WEEK * (profile.weeks + 3) * profile.pairs;
  await world.timeline.runUntil(calmMs + CALM_DAYS * DAY_MS, async () => {
    await world.processes.rest();
    return world.processes.serial() < callsMax;
  });
  if (world.processes.serial() < callsMax) for (const check of checks) await check.ended?.();
  else report("comes-to-rest", `${callsMax} calls, and something goes on and on`);
  if (options.keepsHistory === true) noteRows(world);
  return {
    seed,
    ...counts,
    violations,
    calls: world.processes.serial(),
    history: world.history.hash(),
    lines: world.history.lines(),
    faults,
  };
}

/** What is left in the tables, for whoever reads the history of a run that failed. */
function noteRows({ pairs, ledger, history, timeline }: World): void {
  for (const row of [...pairs.rows(), ...ledger.rows()]) {
    if (!row.pk.startsWith("COURSE#")) history.note(timeline.nowMs(), `row ${JSON.stringify(row)}`);
  }
}

function faultsOf(seed: number, dice: Dice, startMs: number, calmMs: number): Faults {
  const crowd = crowdOf(seed);
  if (crowd !== undefined) return crowdFaults(crowd, calmMs);
  return seed % FAIR_EVERY === 0 ? NO_FAULTS : drawFaults(dice, startMs, calmMs);
}

/** Most runs are some weeks, some are a year, and some have a crowd. */
export function drawProfile(seed: number): Profile {
  if (crowdOf(seed) !== undefined) return { weeks: 3, pairs: 14, slot: CROWD_SLOT };
  if (seed % YEAR_EVERY === 0) return { weeks: 52, pairs: 2 };
  const dice = createDice(seed, "length");
  return { weeks: dice.pick([2, 3, 4, 6]), pairs: dice.pick([1, 2, 2]) };
}
