import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFolder } from "../../local/folder-lock.ts";
import { StartError } from "../../local/start-error.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = () => join(folder, "in-use-by");

describe("a data folder", () => {
  test("is refused while another process holds it, in words that name that process", () => {
    writeFileSync(lockFile(), String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(StartError);
    expect(() => lockFolder(folder)).toThrow(String(process.ppid));
  });

  test("is taken over from a process that was killed", () => {
    writeFileSync(lockFile(), "4194305"); // above the largest process id there is
    expect(() => lockFolder(folder)).not.toThrow();
  });

  test("is free again after it was let go", () => {
    lockFolder(folder)();
    expect(existsSync(lockFile())).toBe(false);
  });
});
