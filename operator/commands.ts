import type { Command } from "./command.ts";
import { pause, resume } from "./commands/break.ts";
import { erase } from "./commands/erase.ts";
import { exportData } from "./commands/export.ts";
import { handOver } from "./commands/hand-over.ts";
import { resend, skip } from "./commands/held.ts";
import { list } from "./commands/list.ts";
import { queues, redrive } from "./commands/redrive.ts";
import { preview, testSend } from "./commands/sample.ts";
import { resumeMail, sending } from "./commands/sending.ts";
import { show } from "./commands/show.ts";
import { unsuppress } from "./commands/unsuppress.ts";

/** All of them, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  list,
  show,
  pause,
  resume,
  handOver,
  resend,
  skip,
  unsuppress,
  erase,
  exportData,
  sending,
  resumeMail,
  queues,
  redrive,
  preview,
  testSend,
];

export function commandCalled(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}
