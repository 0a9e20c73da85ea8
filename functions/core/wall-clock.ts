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
  const offsetMs = steadyOffset(ms, timeZone);
  return offsetMs === undefined ? askZone(ms, timeZone) : Math.floor(ms / 1_000) * 1_000 + offsetMs;
}

/**
 * The offset that holds from the day before to the day after this instant's day; undefined near a change
 * of the clocks. What a zone said of a day is kept: asking it takes most of the time of whatever is
 * reckoned in it, and the same few days are asked for again and again.
 */
function steadyOffset(ms: number, timeZone: string): number | undefined {
  const day = Math.floor(ms / DAY_MS);
  const key = `${timeZone} ${day}`;
  if (steadyOffsets.has(key)) return steadyOffsets.get(key);
  const [before, after] = [(day - 1) * DAY_MS, (day + 2) * DAY_MS];
  const offsetMs = askZone(before, timeZone) - before;
  const steady = askZone(after, timeZone) - after === offsetMs ? offsetMs : undefined;
  if (steadyOffsets.size >= STEADY_OFFSETS_MAX) steadyOffsets.clear();
  steadyOffsets.set(key, steady);
  return steady;
}

const steadyOffsets = new Map<string, number | undefined>();
/** A year of fifty zones; about 2 MB. */
const STEADY_OFFSETS_MAX = 20_000;

function askZone(ms: number, timeZone: string): number {
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
