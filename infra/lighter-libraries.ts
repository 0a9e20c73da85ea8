import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { OnLoadResult, Plugin } from "esbuild";

/**
 * Leaves out what these functions never reach, a third of each bundle. A function that came to need
 * something of it would fail in the tests that run the bundles, and say so.
 */
export const lighterLibraries: Plugin = {
  name: "lighter-libraries",
  setup({ onLoad }) {
    for (const { file, becomes } of REPLACED) {
      onLoad({ filter: file }, async ({ path: name }) => ({
        resolveDir: path.dirname(name),
        ...(await becomes(name)),
      }));
    }
  },
};

interface Replaced {
  readonly file: RegExp;
  readonly becomes: (name: string) => OnLoadResult | Promise<OnLoadResult>;
}

const REPLACED: readonly Replaced[] = [
  {
    // Lambda puts credentials into the environment; every other way to find some is left out.
    file: /@aws-sdk[\\/]credential-provider-node[\\/].*index\.js$/,
    becomes: () => ({
      contents: `import { fromEnv } from "@aws-sdk/credential-provider-env"; export const defaultProvider = fromEnv;`,
    }),
  },
  {
    // DynamoDB has one endpoint a region, and the client asks for no other unless told to.
    file: /@aws-sdk[\\/]middleware-endpoint-discovery[\\/].*resolveEndpointDiscoveryConfig\.js$/,
    becomes: () => ({
      contents: "export const resolveEndpointDiscoveryConfig = (config) => config;",
    }),
  },
  {
    // No call of ours answers with a stream of events.
    file: /@smithy[\\/]core[\\/].*[\\/](EventStreamSerde|EventStreamMarshaller)\.js$/,
    becomes: hollow,
  },
  {
    // Nobody asks a schema to describe itself.
    file: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/,
    becomes: hollow,
  },
  {
    // 1,600 types of attachments, which our mails do not have.
    file: /nodemailer[\\/].*[\\/]mime-types(\.js|[\\/]index\.js)$/,
    becomes: () => ({
      contents: `export const detectMimeType = () => "application/octet-stream"; export const detectExtension = () => "bin"; export default { detectMimeType, detectExtension };`,
    }),
  },
  {
    // A client wants its package's version, and nothing else of package.json.
    file: /@aws-sdk[\\/][a-z0-9-]+[\\/]package\.json$/,
    becomes: async (name) => {
      const { version } = (await import(name, { with: { type: "json" } })).default;
      return { contents: JSON.stringify({ version }), loader: "json" };
    },
  },
  { file: /@aws-sdk[\\/]client-(s3|sesv2)[\\/].*schemas_0\.js$/, becomes: withPlainNames },
];

/** The same exports with nothing in them: what is imported and never called. */
async function hollow(name: string): Promise<OnLoadResult> {
  const names = Object.keys(await import(pathToFileURL(name).href));
  return { contents: `export function ${names[0]}() {}\n${alsoAs(names)}` };
}

function alsoAs([first, ...others]: readonly string[]): string {
  return others.map((other) => `export { ${first} as ${other} };`).join("\n");
}

/** Schemas of calls to S3 and SES that nobody makes, which esbuild keeps only because the names in them are computed. */
async function withPlainNames(name: string): Promise<OnLoadResult> {
  const code = await readFile(name, "utf8");
  const names = new Map(
    [...code.matchAll(/^const (\w+) = "([^"]*)";$/gm)].map(([, constant = "", text = ""]) => [
      constant,
      text,
    ]),
  );
  const contents = code.replace(/\[(\w+)\]:/g, (computed, constant: string) =>
    names.has(constant) ? `${JSON.stringify(names.get(constant))}:` : computed,
  );
  return { contents };
}
