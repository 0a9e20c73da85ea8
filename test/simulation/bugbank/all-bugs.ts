import { BUGS_IN_CONSENT } from "./bugs-in-consent.ts";
import { BUGS_IN_EVENTS } from "./bugs-in-events.ts";
import { BUGS_IN_LESSONS } from "./bugs-in-lessons.ts";
import { BUGS_IN_LETTERS } from "./bugs-in-letters.ts";
import { BUGS_IN_SENDING } from "./bugs-in-sending.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** The bug bank: each of them must be found. */
export const ALL_BUGS: readonly PlantedBug[] = [
  ...BUGS_IN_SENDING,
  ...BUGS_IN_EVENTS,
  ...BUGS_IN_CONSENT,
  ...BUGS_IN_LESSONS,
  ...BUGS_IN_LETTERS,
];
