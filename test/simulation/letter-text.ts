import { toInstant } from "../../functions/core/instant.ts";

/** A mail as its head and words stand in the bucket. */
export interface LetterParts {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly body: string;
  readonly marked: boolean;
  readonly atMs: number;
}

export function letterText({ from, to, messageId, body, marked, atMs }: LetterParts): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    "Subject: Re: Common Ground",
    `Message-ID: <${messageId}>`,
    `Date: ${new Date(toInstant(atMs)).toUTCString().replace("GMT", "+0000")}`,
    ...(marked ? ["Auto-Submitted: auto-replied"] : []),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    body,
    "",
  ].join("\r\n");
}
