import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { COURSE_FOLDER } from "../functions/adapters/course-folder.ts";
import { lighterLibraries } from "./lighter-libraries.ts";

/** The steps that run as functions, each one bundle. */
export const BUNDLED_STEPS = [
  "enroll",
  "confirm",
  "schedule",
  "send",
  "receive",
  "feedback",
  "publish",
  "partner",
  "coordinator",
] as const;
export type BundledStep = (typeof BUNDLED_STEPS)[number];

/** The steps' bundles, and one that only a deployment runs. */
export const BUNDLES = [...BUNDLED_STEPS, "receive-rules"] as const;
type Bundle = (typeof BUNDLES)[number];

/**
 * What a bundle may weigh; what loads slowly is paid at each cold start. `receive` alone reads strangers'
 * mail and words: its own rules are 185 KB with the table of its hunches, the parsers 110, and S3 comes on top.
 * `coordinator`, `partner` and `receive` also carry SES's second client, for the one call that takes an address off its list.
 */
export const BUNDLE_BYTES_MAX = 470 * 1024;
export const LIFTING_BYTES_MAX = 505 * 1024;
export const RECEIVE_BYTES_MAX = 800 * 1024;

/** Folder of each bundle. */
export type Bundles = Readonly<Record<Bundle, string>>;

export interface Bundling {
  readonly folders: Bundles;
  readonly bytes: Readonly<Record<Bundle, number>>;
  readonly metafile: Metafile;
}

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The courses were never compiled, so there is nothing to publish. */
export class UncompiledCourseError extends Error {
  override readonly name = "UncompiledCourseError";
}

/**
 * Bundles every step's handler at once, which takes a second: CommonJS with the libraries' ES modules
 * inside loads fastest in Lambda (a third faster than ES output, half of unbundled).
 *
 * @param outdir gets one folder a step, with `index.js` in it
 * @throws UncompiledCourseError before `npm run build`
 */
export async function bundleSteps(outdir: string): Promise<Bundling> {
  const compiled = path.join(ROOT, "emails/.compiled");
  if (!existsSync(compiled)) {
    throw new UncompiledCourseError("The course is not compiled yet: npm run build");
  }
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(
      BUNDLES.map((bundle) => [`${bundle}/index`, `functions/${entryOf(bundle)}`]),
    ),
    outdir,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    metafile: true,
    logLevel: "warning",
    plugins: [lighterLibraries],
  });
  const folders = byBundle((bundle) => path.join(outdir, bundle));
  const courses = path.join(folders.publish, COURSE_FOLDER);
  mkdirSync(courses, { recursive: true });
  cpSync(compiled, courses, { recursive: true });
  const bytes = byBundle((bundle) => statSync(path.join(folders[bundle], "index.js")).size);
  return { folders, bytes, metafile };
}

function entryOf(bundle: Bundle): string {
  return bundle === "receive-rules" ? "receive/rules-handler.ts" : `${bundle}/handler.ts`;
}

function byBundle<T>(makeFor: (bundle: Bundle) => T): Readonly<Record<Bundle, T>> {
  return Object.fromEntries(BUNDLES.map((bundle) => [bundle, makeFor(bundle)])) as Record<
    Bundle,
    T
  >;
}
