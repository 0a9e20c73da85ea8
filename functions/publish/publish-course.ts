import type { CourseOutline } from "../core/course.ts";
import type { CompiledMailRecord, Ports } from "../ports.ts";

/** What `npm run build` makes of the content files. */
export interface CompiledCourse {
  readonly outline: CourseOutline;
  readonly mails: readonly CompiledMailRecord[];
}

/**
 * Puts a compiled edition into the table and then makes it the current one. Publishing the same
 * edition again changes nothing; mails planned from an older edition still find it.
 */
export async function publishCourse(
  ports: Pick<Ports, "courses" | "log">,
  course: CompiledCourse,
): Promise<void> {
  const outcome = await ports.courses.publish(course.outline, course.mails);
  ports.log.info("publish.course", { edition: course.outline.edition, outcome });
}
