import fc from "fast-check";
import { AGREEMENT_KINDS, type AgreementKind, type LogEntry } from "../../functions/core/action.ts";
import { addDays, type Day } from "../../functions/core/instant.ts";
import { entryOf, NOW } from "./builders.ts";

export const FIRST_DAY: Day = "2026-09-01";

export const someDay = fc.nat({ max: 900 }).map((days) => addDays(FIRST_DAY, days));

/** Reports about an agreement as they come in, one after the other, on days that may lie far back. */
export const agreementReports = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...AGREEMENT_KINDS),
      reportedOn: someDay,
      daysAgo: fc.constantFrom(0, 0, 0, 1, 6, 40, 800),
      seat: fc.constantFrom("sp" as const, "le" as const, "coordinator" as const),
      undone: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ kind, reportedOn, daysAgo, seat, undone }, index) =>
      entryOf(kind, addDays(reportedOn, -daysAgo), {
        seat,
        assumed: daysAgo === 0,
        source: `reply-${index}`,
        reportedAt: `${reportedOn}T15:00:${String(index).padStart(2, "0")}.000Z`,
        ...(undone ? { undoneAt: NOW } : {}),
      }),
    ),
  );

/** Entries of the service provider, each a reply of its own, unless a test says otherwise. */
export function told(
  ...said: readonly (readonly [AgreementKind, Day, Partial<LogEntry>?])[]
): readonly LogEntry[] {
  return said.map(([kind, on, changes], index) =>
    entryOf(kind, on, { source: `reply-${index}`, ...changes }),
  );
}
