import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compileCourse } from "./compile.ts";
import { ContentError } from "./problems.ts";

/** Compiles every course to `emails/.compiled/<slug>.json`: run by `npm run build`. */

const COURSES = ["partner-tips"];
const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, ".compiled");

try {
  mkdirSync(target, { recursive: true });
  for (const slug of COURSES) await build(slug);
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  process.stderr.write(`The course has ${error.problems.length} problems:\n${error.message}\n`);
  process.exitCode = 1;
}

async function build(slug: string): Promise<void> {
  const course = await compileCourse(path.join(here, "courses", slug));
  writeFileSync(path.join(target, `${slug}.json`), `${JSON.stringify(course)}\n`);
  process.stdout.write(
    `${slug}: edition ${course.outline.edition.slice(0, 12)}, ${course.mails.length} records\n`,
  );
}
