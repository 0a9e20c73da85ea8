import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileCourse } from "../../emails/compile.ts";
import { built } from "./samples.ts";

test("compiling again gives the edition that was built, to the byte", async () => {
  const folder = path.join(
    fileURLToPath(new URL("../../emails/courses/", import.meta.url)),
    "partner-tips",
  );
  const course = await compileCourse(folder);
  expect(course.outline.edition, "run `npm run build` first").toBe(built.outline.edition);
  expect(JSON.stringify(course)).toBe(JSON.stringify(built));
  expect(course.outline.edition).toMatch(/^[0-9a-f]{64}$/);
}, 60_000);
