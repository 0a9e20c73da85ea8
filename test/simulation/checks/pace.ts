import type { Row } from "../../../functions/ports.ts";
import { DAY_MS } from "../faults.ts";
import type { Process } from "../processes.ts";
import type { Check, CreateCheck, Scene } from "./check.ts";

/** Slots are given in ticks of so many ms; whose numbers differ by no more than this can lie in one second. */
const TICK_MS = 25;
const TICKS_IN_REACH = 1_000 / TICK_MS;

/**
 * SES is asked no faster than the account allows: each request has a slot of its own, no second holds more
 * slots than the rate, wherever it begins, and no 24 hours more mails than the quota.
 */
export const paceIsKept: CreateCheck = (scene): Check => {
  const name = "pace-is-kept";
  const { faults } = scene.world;
  let slots: number[] = [];
  const unused = new Map<Process, number>();

  function note(process: Process, tick: number): void {
    unused.set(process, (unused.get(process) ?? 0) + 1);
    slots.push(tick);
    const first = slots.at(-1 - faults.perSecond);
    if (first !== undefined && tick - first <= TICKS_IN_REACH) {
      const ms = (tick - first) * TICK_MS;
      scene.report(name, `${faults.perSecond + 1} slots in ${ms} ms`);
    }
  }

  return {
    name,
    rows: [5, 11],
    written({ before, after, process }) {
      if (before === undefined && after === undefined) slots = []; // the table was restored
      if (after?.pk !== "PACER" || process === undefined) return;
      const tick = slotOf(before, after);
      if (tick !== undefined) note(process, tick);
    },
    handed(process, { sendId }) {
      const left = (unused.get(process) ?? 0) - 1;
      unused.set(process, left);
      if (left < 0) scene.report(name, `${sendId} is handed over without a slot`);
    },
    ended() {
      // How fast they come in, where clocks agree and nothing stalls on the way.
      if (faults.skewMs === 0 && faults.slow === 0) reportCrowded(scene, name);
      if (faults.skewMs === 0 && faults.restore === undefined) reportOverQuota(scene, name);
    },
  };
};

/** The tick of the slot that this write gave; one that sends somebody away, or takes a mail back, gives none. */
function slotOf(before: Row | undefined, after: Row): number | undefined {
  const [was, is] = [toTicks(before), toTicks(after)];
  return is.last > was.last || is.count > was.count ? is.last : undefined;
}

function toTicks(row: Row | undefined): { readonly last: number; readonly count: number } {
  const { lastTick = 0, recent = [] } = (row ?? {}) as {
    readonly lastTick?: number;
    readonly recent?: readonly number[];
  };
  return { last: lastTick, count: recent.at(-1) ?? 0 };
}

function reportCrowded({ world, report }: Scene, name: string): void {
  const WINDOW_MS = 5_000;
  const BURST = 2;
  const requests = world.ses.requestsMs.filter((ms) => ms < world.calmMs);
  const allowed = (world.faults.perSecond * WINDOW_MS) / 1_000 + BURST;
  requests.forEach((ms, index) => {
    const first = requests[index - allowed];
    if (first !== undefined && ms - first < WINDOW_MS) {
      report(name, `${allowed + 1} requests in ${ms - first} ms`);
    }
  });
}

function reportOverQuota({ world, report }: Scene, name: string): void {
  const { acceptances } = world.ses;
  const { perDay } = world.faults;
  acceptances.forEach(({ sendId, atMs }, index) => {
    const first = acceptances[index - perDay];
    if (first !== undefined && atMs - first.atMs < DAY_MS) {
      report(name, `${sendId} is more than ${perDay} mails in a day`);
    }
  });
}
