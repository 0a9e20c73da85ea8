import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { codeOf, StartError } from "./start-error.ts";
import { readIfThere } from "./stored-file.ts";

/**
 * Keeps a second service out of a data folder: two writers would destroy each other's queues. The
 * file names the process that holds the folder; one that a killed process left behind counts for nothing.
 *
 * @returns lets go of the folder
 * @throws StartError while another process holds it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "in-use-by");
  mkdirSync(folder, { recursive: true });
  const holder = Number(readIfThere(path)?.toString("utf8"));
  if (Number.isInteger(holder) && holder > 0 && !isAlive(holder)) rmSync(path, { force: true });
  takeFile(path, folder);
  return () => rmSync(path, { force: true });
}

/** Creates the file or fails; there is no moment between looking and taking. */
function takeFile(path: string, folder: string): void {
  try {
    const file = openSync(path, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    throw new StartError(
      `The folder ${folder} is in use by another service (process ${readIfThere(path) ?? "unknown"}). If none runs, delete ${path}.`,
    );
  }
}

/** A number like our own is left from another machine or container: this process holds nothing yet. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
