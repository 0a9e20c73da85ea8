import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PlantedBug, plant } from "./planted-bug.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** Below the checkout, so that packages are found as they are from there; git and all tools leave it out. */
const COPIES = join(ROOT, ".cache/bugbank");
const COPIED = [
  "functions",
  "emails",
  "local",
  "test",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];

/** A second checkout, in which one bug after the other is planted. */
export interface Copy {
  readonly folder: string;
  /** Runs the work while the bug is in the copy. */
  withBug<T>(bug: PlantedBug, work: () => Promise<T>): Promise<T>;
  remove(): void;
}

export function createCopy(name: string): Copy {
  const folder = join(COPIES, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of COPIED) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  return {
    folder,
    async withBug(bug, work) {
      const file = join(folder, bug.file);
      const source = readFileSync(file, "utf8");
      writeFileSync(file, plant(source, bug));
      try {
        return await work();
      } finally {
        writeFileSync(file, source);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The file as it stands in this checkout. */
export function readSource(file: PlantedBug["file"]): string {
  return readFileSync(join(ROOT, file), "utf8");
}
