import { spawn } from "node:child_process";
import { mkdirSync, openSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Runs a command for as long as whoever started this process lives, and no longer: its standard input
 * is a pipe that the operating system closes with the starter, however that ends. Then the command's
 * whole process group ends, and the folder goes, in which its temporary files are.
 *
 * usage: keeper.ts FOLDER LOG COMMAND ARGUMENT…
 */
const KILL_AFTER_MS = 5_000;

const [folder = "", log = "", command = "", ...args] = process.argv.slice(2);
const temporary = path.join(folder, "temporary");
mkdirSync(temporary);
const output = openSync(log, "w");
const child = spawn(command, args, {
  detached: true, // leads a process group of its own
  env: { ...process.env, TMPDIR: temporary },
  stdio: ["ignore", output, output],
});

child.once("error", () => leave(1));
child.once("exit", (code) => leave(code ?? 0));
process.stdin.once("close", () => {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), KILL_AFTER_MS).unref();
});
process.stdin.resume();

/** Called when the command itself has ended: what it started ends with it. */
function leave(code: number): void {
  signalGroup("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

function signalGroup(signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
