import { runJob } from "./job.ts";
import { type Answer, type Ask, codesOf } from "./workers.ts";

/** One of the processes that share the seeds: runs what it is told, one after the other. */
const codes = codesOf(process.argv[2]);
let busy: Promise<void> = Promise.resolve();

process.on("message", (ask: Ask) => {
  busy = busy.then(() => answer(ask));
});
process.on("disconnect", () => process.exit());

async function answer({ serial, job }: Ask): Promise<void> {
  const say = (said: Answer) => process.send?.(said);
  try {
    say({ serial, result: await runJob(await codes, job) });
  } catch (error) {
    say({ serial, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
