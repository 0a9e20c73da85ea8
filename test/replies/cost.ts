import { readReply } from "../../functions/core/read-reply.ts";
import { readMail } from "../../functions/receive/read-mail.ts";
import { HOSTILE_MAILS } from "./hostile.ts";

/** What reading one hostile mail took. */
export interface Cost {
  readonly name: string;
  /** Computing time of the best of five tries: a busy machine delays, but does not compute for us. */
  readonly cpuMs: number;
  /** The most memory this process ever held. */
  readonly peakMb: number;
}

const TRIES = 5;

/** Measures in a process of its own: `npx tsx test/replies/cost.ts [name ...]`, one JSON line a mail. */
const names = process.argv.slice(2);
const asked = HOSTILE_MAILS.filter(([name]) => names.length === 0 || names.includes(name));
// The first reply of a process compiles every pattern, whatever it says.
await costOf("warm-up", Buffer.from("\r\n\r\nWe met on Tuesday, and the list is sent."));
for (const [name, make] of asked) {
  const cost = await costOf(name, make());
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}

async function costOf(name: string, raw: Buffer): Promise<Cost> {
  const times: number[] = [];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const start = process.cpuUsage();
    await readWhole(raw);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { name, cpuMs: Math.min(...times), peakMb };
}

/** As the service does: the mail is taken apart and trimmed, and the words are read. */
async function readWhole(raw: Buffer): Promise<void> {
  const mail = await readMail(raw, {}, { markers: [], senderAddresses: [], senderName: "" });
  readReply({
    body: mail.text,
    sentOn: "2026-03-05T18:30:00.000Z",
    lesson: 4,
    role: "law_enforcement",
    timeZone: "America/New_York",
    kind: "lesson",
  });
}
