import * as z from "zod";
import { command, done, refused } from "../command.ts";
import { columns, counted } from "../text.ts";

export const queues = command({
  name: "queues",
  summary: "What waits between the steps, and what was given up",
  notes:
    "due: pairs to be planned. fast and bulk: mails to be sent. feedback: events of SES; while any of them lie dead, no unresolved mail is sent again. The counts of a stage are approximate.",
  example: "queues",
  takes: z.object({}),
  async perform(ports) {
    const counts = await ports.deadLetters.counts();
    const rows = counts.map(({ queue, waiting, dead }) => [queue, String(waiting), String(dead)]);
    return done({ queues: counts }, columns([["queue", "waiting", "dead"], ...rows]));
  },
});

export const redrive = command({
  name: "redrive",
  summary: "Puts a queue's dead letters back, after their cause was mended",
  arguments: [{ word: "<queue>", about: "one that cg queues lists" }],
  notes:
    "Doing a step again changes nothing that was done. A message whose cause is not mended lies there again after five tries.",
  example: "redrive due",
  takes: z.object({ queue: z.string() }),
  async perform(ports, { queue }) {
    const counts = await ports.deadLetters.counts();
    const found = counts.find((count) => count.queue === queue);
    if (found === undefined) {
      return refused(
        `There is no queue ${queue}.`,
        `Known: ${counts.map((count) => count.queue).join(", ")}.`,
      );
    }
    if (found.dead > 0) await ports.deadLetters.redrive(queue);
    return done(
      { queue, redriven: found.dead },
      `${counted(found.dead, "dead letter")} of ${queue} put back.`,
    );
  },
});
