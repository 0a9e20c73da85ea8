import { readCourses } from "../adapters/course-folder.ts";
import { failWithoutWords } from "../adapters/failure.ts";
import { livePublish } from "../adapters/live-ports.ts";
import { readPublishConfig } from "./config.ts";
import { publishCourse } from "./publish-course.ts";

const config = readPublishConfig(process.env);
const ports = livePublish(config);

/** A deployment -> the courses it carries are in the table. Failing here fails the deployment. */
export async function handler(): Promise<void> {
  await failWithoutWords(ports.log, "publish.failed", async () => {
    for (const course of readCourses(config.LAMBDA_TASK_ROOT)) await publishCourse(ports, course);
  });
}
