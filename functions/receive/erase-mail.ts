import type { Ports } from "../ports.ts";

export interface MailErasure {
  readonly mails: number;
  /** Stored mails that this process may not read; `receive` deletes them when it does, or the bucket within days. */
  readonly mailsUnseen: number;
}

/**
 * Deletes stored mail from this address that was never read, because reading it failed. What somebody else
 * wrote stays, though it may quote the address: it is deleted as soon as it is read.
 */
export async function eraseMail(
  { archive, clock }: Pick<Ports, "archive" | "clock">,
  address: string,
): Promise<MailErasure> {
  let mails = 0;
  let mailsUnseen = 0;
  for (const id of await archive.unread(clock.now())) {
    const raw = await readIfAllowed(archive, id);
    if (raw === "forbidden") mailsUnseen += 1;
    else if (raw !== undefined && isFrom(raw, address)) {
      await archive.remove(id);
      mails += 1;
    }
  }
  return { mails, mailsUnseen };
}

async function readIfAllowed(archive: Ports["archive"], id: string) {
  try {
    return await archive.read(id);
  } catch (error) {
    if (error instanceof Error && /^AccessDenied/.test(error.name)) return "forbidden";
    throw error;
  }
}

/** By the headers that name who sent it; a folded line belongs to the one before. */
function isFrom(raw: Uint8Array, address: string): boolean {
  const text = Buffer.from(raw).toString("latin1");
  const end = text.search(/\r?\n\r?\n/);
  const head = (end < 0 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, " ");
  const senders = head.split(/\r?\n/).filter((line) => SENDER.test(line));
  return senders.some((line) => line.toLowerCase().includes(address.toLowerCase()));
}

const SENDER = /^(?:from|sender|reply-to|return-path):/i;
