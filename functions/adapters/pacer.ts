import { type Instant, toInstant, toMs } from "../core/instant.ts";
import type { Lane } from "../core/send.ts";
import type { Pacer, Row, RowKey, Table } from "../ports.ts";
import { changeRow } from "./optimistic.ts";
import {
  emptyPace,
  type Grant,
  giveBackSlot,
  grantSlot,
  mailsFrom,
  type Pace,
  type PaceLimits,
  type SlotUse,
} from "./pace.ts";
import { ONLY_ROW } from "./row-keys.ts";
import type { SendQuota } from "./ses-quota.ts";

export interface PacerSettings {
  /** At most so many mails, whatever SES allows; all there is to go by while it does not say. */
  readonly perSecond: number;
  readonly perDay: number;
  /** The account's own rate and daily quota; not asked where nobody else sets a limit. */
  readonly quota?: () => Promise<SendQuota | undefined>;
  readonly lane: Lane;
  /** How long a lease may wait for its slot; 0 where the clock stands still, as in a simulated year. */
  readonly waitMsMax: number;
}

/** What bulk mail leaves of the daily quota to mail that somebody waits for. */
const BULK_SHARE_OF_DAY = 0.97;

/**
 * One row paces the whole account: every sender leases its slots there by a conditional write, and
 * leases asked for at the same time share one write.
 *
 * A lease whose slot is near waits for it and then answers `now`: the mail may go. Any later answer
 * reserves nothing; it says when to ask again. Bulk mail stands in line there, each at an instant of
 * its own, so that a backlog comes back at the pace at which it can go. Mail of the fast lane waits
 * twice as far ahead as bulk does and so always finds a slot before the backlog's next.
 *
 * @param wait resolves after so many milliseconds
 */
export function pacer(
  table: Table,
  settings: PacerSettings,
  wait: (ms: number) => Promise<void>,
): Pacer {
  let lastWrite: Promise<unknown> = Promise.resolve();
  let open: Batch | undefined;
  const openBatch = (): Batch => {
    const asked: Ask[] = [];
    const grants = lastWrite.then(async () => {
      const quota = await settings.quota?.();
      open = undefined;
      return leaseSlots(table, paceLimits(settings, quota), asked);
    });
    lastWrite = grants.catch(() => undefined);
    return { asked, grants };
  };
  return {
    async lease(now, use = "mail") {
      open ??= openBatch();
      const batch = open;
      const place = batch.asked.push({ atMs: toMs(now), use }) - 1;
      const grant = (await batch.grants)[place];
      if (grant === undefined) throw new Error("A lease was asked for and not answered.");
      if (!grant.isSlot) return comeBackAt(grant, now);
      if (grant.atMs > toMs(now)) await wait(Math.ceil(grant.atMs - toMs(now)));
      return now;
    },
    async giveBack(leasedAt) {
      await changeRow(table, PACER_KEY, (stored) =>
        stored === undefined ? undefined : { ...giveBackSlot(toPace(stored), toMs(leasedAt)) },
      );
    },
  };
}

/** How many mails went out in the quarter day of that instant and since; a week is remembered. */
export async function mailsSince(table: Table, from: Instant): Promise<number> {
  const row = await table.get(PACER_KEY);
  return row === undefined ? 0 : mailsFrom(toPace(row), toMs(from));
}

const PACER_KEY: RowKey = { pk: "PACER", sk: ONLY_ROW };

interface Ask {
  readonly atMs: number;
  readonly use: SlotUse;
}

/** Leases asked for while the write before was under way; they share the next one. */
interface Batch {
  readonly asked: Ask[];
  readonly grants: Promise<readonly Grant[]>;
}

/** Slots for everybody who asked, in one conditional write. */
async function leaseSlots(
  table: Table,
  limits: PaceLimits,
  asked: readonly Ask[],
): Promise<readonly Grant[]> {
  let grants: readonly Grant[] = [];
  await changeRow(table, PACER_KEY, (stored) => {
    let pace = stored === undefined ? emptyPace() : toPace(stored);
    grants = asked.map(({ atMs, use }) => {
      const grant = grantSlot(pace, limits, atMs, use);
      pace = grant.pace;
      return grant;
    });
    return { ...pace };
  });
  return grants;
}

function paceLimits(settings: PacerSettings, quota?: SendQuota): PaceLimits {
  const { lane, waitMsMax } = settings;
  const isBulk = lane === "bulk";
  const perSecond = Math.min(settings.perSecond, quota?.perSecond ?? settings.perSecond);
  const perDay = Math.min(settings.perDay, quota?.perDay ?? settings.perDay);
  return {
    perSecond: Math.max(1, Math.floor(perSecond)),
    perDay: Math.floor(perDay * (isBulk ? BULK_SHARE_OF_DAY : 1)),
    aheadMsMax: isBulk ? waitMsMax / 2 : waitMsMax,
    standsInLine: isBulk,
  };
}

/** Later than now by a millisecond at least, which is how the caller tells it from a slot. */
function comeBackAt({ atMs }: Grant, now: Instant): Instant {
  return toInstant(Math.max(Math.ceil(atMs), toMs(now) + 1));
}

function toPace(row: Row): Pace {
  const { pk: _pk, sk: _sk, version: _version, ...pace } = row;
  // A row from before the week was counted begins to count it.
  return { ...emptyPace(), ...pace };
}
