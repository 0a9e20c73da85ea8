import { readFile } from "node:fs/promises";
import { readMail } from "../functions/receive/read-mail.ts";

/**
 * Reads raw mails from files and writes one JSON line each:
 *
 *     npm run --silent read-mail -- reply.eml bounce.eml
 */
for (const file of process.argv.slice(2)) {
  process.stdout.write(`${JSON.stringify(await readFileAsMail(file))}\n`);
}

async function readFileAsMail(file: string): Promise<unknown> {
  try {
    const mail = await readMail(await readFile(file));
    const { from, messageId, automatic, kind, text, signature, quoted } = mail;
    return { from, messageId, automatic, kind, text, signature, quoted };
  } catch {
    return { error: "no such file", file };
  }
}
