import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";
import { COURSE_FOLDER } from "../functions/adapters/course-folder.ts";

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

/**
 * What a bundle may weigh; what loads slowly is paid at each cold start. `receive` alone reads strangers'
 * mail and words: its own rules are 160 KB, the parsers 110, and S3 comes on top. Nobody waits for it.
 */
export const BUNDLE_BYTES_MAX = 560 * 1024;
export const RECEIVE_BYTES_MAX = 840 * 1024;

/** Folder of each step's bundle. */
export type Bundles = Readonly<Record<BundledStep, string>>;

export interface Bundling {
  readonly folders: Bundles;
  readonly bytes: Readonly<Record<BundledStep, number>>;
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
      BUNDLED_STEPS.map((step) => [`${step}/index`, `functions/${step}/handler.ts`]),
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
  const folders = byStep((step) => path.join(outdir, step));
  const courses = path.join(folders.publish, COURSE_FOLDER);
  mkdirSync(courses, { recursive: true });
  cpSync(compiled, courses, { recursive: true });
  const bytes = byStep((step) => statSync(path.join(folders[step], "index.js")).size);
  return { folders, bytes, metafile };
}

function byStep<T>(makeFor: (step: BundledStep) => T): Readonly<Record<BundledStep, T>> {
  return Object.fromEntries(BUNDLED_STEPS.map((step) => [step, makeFor(step)])) as Record<
    BundledStep,
    T
  >;
}

/**
 * Leaves out what these functions never reach, a quarter of each bundle: ways to find credentials other
 * than the environment, where Lambda puts them; the table of 1,600 file types for attachments, which
 * our mails do not have; all of a client's package.json but its version; and the schemas of S3 calls
 * that nobody makes, which esbuild keeps only because the names in them are computed.
 */
const lighterLibraries: Plugin = {
  name: "lighter-libraries",
  setup({ onLoad }) {
    onLoad(
      { filter: /@aws-sdk[\\/]credential-provider-node[\\/].*index\.js$/ },
      ({ path: file }) => ({
        contents: `import { fromEnv } from "@aws-sdk/credential-provider-env"; export const defaultProvider = fromEnv;`,
        resolveDir: path.dirname(file),
      }),
    );
    onLoad({ filter: /nodemailer[\\/].*[\\/]mime-types(\.js|[\\/]index\.js)$/ }, () => ({
      contents: `export const detectMimeType = () => "application/octet-stream"; export const detectExtension = () => "bin"; export default { detectMimeType, detectExtension };`,
    }));
    onLoad({ filter: /@aws-sdk[\\/][a-z0-9-]+[\\/]package\.json$/ }, async ({ path: file }) => {
      const { version } = (await import(file, { with: { type: "json" } })).default;
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
    onLoad({ filter: /@aws-sdk[\\/]client-s3[\\/].*schemas_0\.js$/ }, async ({ path: file }) => {
      const code = await readFile(file, "utf8");
      const names = new Map(
        [...code.matchAll(/^const (\w+) = "([^"]*)";$/gm)].map(([, name = "", text = ""]) => [
          name,
          text,
        ]),
      );
      const contents = code.replace(/\[(\w+)\]:/g, (computed, name: string) =>
        names.has(name) ? `${JSON.stringify(names.get(name))}:` : computed,
      );
      return { contents };
    });
  },
};
