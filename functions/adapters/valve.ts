import { addDays, type Day, type Instant, plusDays } from "../core/instant.ts";
import { type Failure, OPEN_VALVE, VALVE_DAYS, type ValveState } from "../core/valve.ts";
import type { Row, RowKey, Table, Valve } from "../ports.ts";
import { changeRow } from "./optimistic.ts";
import { mailsSince } from "./pacer.ts";
import { ONLY_ROW, toEpochSeconds } from "./row-keys.ts";

/**
 * The valve over any table. A failed mail is a row of its own under the day it went out: put if absent,
 * so an event that comes twice counts once, and a storm has no row to fight over. How many mails went
 * out the pacer's row knows, which is written for each batch anyway.
 */
export function valve(table: Table): Valve {
  return {
    async read() {
      const row = await table.get(VALVE_KEY);
      return row === undefined ? OPEN_VALVE : toState(row);
    },
    async change(decide) {
      const changed = await changeRow(table, VALVE_KEY, (stored) => {
        const next = decide(stored === undefined ? OPEN_VALVE : toState(stored));
        return next === undefined ? undefined : { ...next };
      });
      return changed === undefined ? undefined : toState(changed);
    },
    async note(failure, { id, sentAt }) {
      const key = { pk: failedPartition(dayOf(sentAt)), sk: `${MAIL}${failure}#${id}` };
      const expiresAt = toEpochSeconds(plusDays(sentAt, VALVE_DAYS + 1));
      await table.put({ ...key, version: 1, sentAt, expiresAt }, "absent");
    },
    async count(from) {
      const failed = (await Promise.all(daysFrom(from).map((day) => failedOn(table, day))))
        .flat()
        .filter(({ sentAt }) => String(sentAt) >= from);
      const countOf = (failure: Failure) =>
        failed.filter(({ sk }) => sk.startsWith(`${MAIL}${failure}#`)).length;
      return {
        sent: await mailsSince(table, from),
        bounce: countOf("bounce"),
        complaint: countOf("complaint"),
      };
    },
  };
}

const MAIL = "MAIL#";
const VALVE_KEY: RowKey = { pk: "VALVE", sk: ONLY_ROW };

function failedOn(table: Table, day: Day): Promise<readonly Row[]> {
  return table.query(failedPartition(day), MAIL);
}

function failedPartition(day: Day): string {
  return `FAILED#${day}`;
}

/** In UTC, as instants are written. */
function dayOf(instant: Instant): Day {
  return instant.slice(0, 10);
}

/** All that a week can touch, and one more for a clock that is ahead. */
function daysFrom(from: Instant): readonly Day[] {
  return Array.from({ length: VALVE_DAYS + 2 }, (_, index) => addDays(dayOf(from), index));
}

function toState(row: Row): ValveState {
  const { pk: _pk, sk: _sk, version: _version, ...state } = row;
  return state as unknown as ValveState;
}
