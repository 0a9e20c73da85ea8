const DAY_MS = 24 * 3_600_000;

/** Making a formatter takes a thousand times as long as using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * What clocks in the zone show at this instant, as if they ran in UTC: milliseconds since 1970, whole
 * seconds. All that is known about zones is the runtime's own data.
 *
 * @throws RangeError for a zone that the runtime does not know
 */
export function wallClockAt(ms: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * When clocks in the zone show this. Where they never do, because a change skips it, as much later as
 * the change is long; where they do twice, the first time.
 *
 * @param wall as `wallClockAt` returns it, whole minutes
 */
export function whenClocksShow(wall: number, timeZone: string): number {
  const before = offsetAt(wall - DAY_MS, timeZone);
  const after = offsetAt(wall + DAY_MS, timeZone);
  const found = [before, after]
    .map((offset) => wall - offset)
    .filter((ms) => wallClockAt(ms, timeZone) === wall);
  return found.length > 0 ? Math.min(...found) : wall - before;
}

/** How far clocks in the zone are ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  return wallClockAt(ms, timeZone) - ms;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", { ...PARTS, timeZone });
  formatters.set(timeZone, made);
  return made;
}

const PARTS = {
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
} as const;
