import type { Command } from "./command.ts";
import { pause, resume } from "./commands/break.ts";
import { erase } from "./commands/erase.ts";
import { resend, skip } from "./commands/held.ts";
import { list } from "./commands/list.ts";
import { queues, redrive } from "./commands/redrive.ts";
import { resumeMail, sending } from "./commands/sending.ts";
import { show } from "./commands/show.ts";

/** All of them, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  list,
  show,
  pause,
  resume,
  resend,
  skip,
  erase,
  sending,
  resumeMail,
  queues,
  redrive,
];

export function commandCalled(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}
