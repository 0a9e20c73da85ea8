import type { Log } from "../functions/ports.ts";

/** Failures as JSON lines on stderr. What went well is to be seen in the mailbox. */
export const stderrLog: Log = {
  info: () => undefined,
  error: (event, facts) => {
    process.stderr.write(`${JSON.stringify({ level: "error", event, ...facts })}\n`);
  },
};
