import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = path.join(ROOT, ".cache");

/** What the emulator lacks at this version stands in `gaps.ts`, and a test says when that is no longer true. */
const EMULATOR_VERSION = "1.5.33";

export const run = promisify(execFile);

/**
 * The AWS emulator MiniStack, in a virtual environment below `.cache`; installed when it is not there.
 *
 * @returns the command that starts it
 */
export async function emulatorCommand(): Promise<string> {
  const folder = path.join(CACHE, `emulator-${EMULATOR_VERSION}`);
  const command = path.join(folder, "bin/ministack");
  if (existsSync(command)) return command;
  try {
    await run("python3", ["-m", "venv", "--clear", folder]);
  } catch (error) {
    throw new Error("The emulator needs Python: apt-get install python3 python3-venv", {
      cause: error,
    });
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(path.join(folder, "bin/python"), [...pip, `ministack==${EMULATOR_VERSION}`]);
  return command;
}

/**
 * The Node that Lambda runs, as the package `node@24` below `.cache`; installed when it is not there.
 *
 * @returns the folder with its `node`
 */
export async function lambdaNodeFolder(): Promise<string> {
  const folder = path.join(CACHE, "node24");
  const bin = path.join(folder, "node_modules/node/bin");
  if (!existsSync(path.join(bin, "node"))) {
    const quiet = ["--no-save", "--no-audit", "--no-fund"];
    await run("npm", ["install", "--prefix", folder, ...quiet, "node@24"]);
  }
  return bin;
}
