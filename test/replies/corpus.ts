import { readdirSync, readFileSync } from "node:fs";
import { REPLY_MARKERS } from "../../emails/marker.ts";
import { type InboundMail, readMail } from "../../functions/receive/read-mail.ts";
import type { OwnMail } from "../../functions/receive/trim-own.ts";
import type { Expected } from "./generate/case.ts";
import { LESSON_TRACES } from "./generate/lesson.ts";

const folder = new URL("./mails/", import.meta.url);

/** What the service knows of its own mail when it reads an answer. */
export const OWN: OwnMail = {
  markers: Object.values(REPLY_MARKERS),
  senderAddresses: ["lessons@commonground.example"],
  senderName: "Common Ground",
};

export interface CorpusMail {
  readonly name: string;
  readonly raw: Buffer;
  readonly expected: Expected;
}

export function loadMails(): readonly CorpusMail[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".eml"))
    .map((file) => ({
      name: file.slice(0, -".eml".length),
      raw: readFileSync(new URL(file, folder)),
      expected: JSON.parse(
        readFileSync(new URL(file.replace(/eml$/, "json"), folder), "utf8"),
      ) as Expected,
    }));
}

export function readCorpusMail({ raw }: CorpusMail): Promise<InboundMail> {
  return readMail(raw, {}, OWN);
}

/** Words of our lesson that came through as the person's; the gate that must stay shut. */
export function tracesIn(text: string): readonly string[] {
  return LESSON_TRACES.filter((trace) => text.includes(trace));
}
