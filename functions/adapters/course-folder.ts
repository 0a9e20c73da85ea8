import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { CompiledCourse } from "../publish/publish-course.ts";

/** Folder beside a function's code in which the deployment puts the compiled courses. */
export const COURSE_FOLDER = "courses";

/**
 * The compiled courses that came with the function.
 *
 * @throws Error when there is none: a deployment without a course would publish nothing and look well
 */
export function readCourses(taskRoot: string): readonly CompiledCourse[] {
  const folder = path.join(taskRoot, COURSE_FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new Error("No compiled course came with this function.");
  return names.map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
}
