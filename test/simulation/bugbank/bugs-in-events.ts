import type { PlantedBug } from "./planted-bug.ts";

/** What SES tells of mails that went out: to whom it counts, how often, and who hears of it. */
export const BUGS_IN_EVENTS: readonly PlantedBug[] = [
  {
    name: "a second mail is told to nobody",
    rows: [4],
    file: "functions/feedback/settle-event.ts",
    changes: [
      {
        find: `if (event.type === "send" && before.sesId !== undefined && before.sesId !== event.sesId) {`,
        put: `if (event.type === "send" && before.sesId !== undefined && before.sesId === "") {`,
      },
    ],
    checks: ["second-send-is-told"],
    test: {
      file: "test/feedback/settle-event.test.ts",
      title: "count a second Send under another id as the residual case, which is alarmed",
    },
  },
  {
    name: "a leaver's late bounce takes the seat from the successor",
    rows: [22],
    file: "functions/feedback/settle-event.ts",
    changes: [
      {
        find: `pair.seats[seat].holder === holder ? decide(pair, seat) : undefined,`,
        put: `holder > 0 ? decide(pair, seat) : undefined,`,
      },
    ],
    checks: ["only-their-bounce"],
    test: {
      file: "test/feedback/settle-event.test.ts",
      title: "an event about the leaver's mail touches neither the successor nor the pair",
    },
  },
];
