import { spawn } from "node:child_process";
import path from "node:path";

export interface HandlerRun {
  /** What the handler answered; undefined when it failed or did not load. */
  readonly answer: unknown;
  /** Message of the error it threw, or with which it did not load. */
  readonly error: string | undefined;
  /** Lines of its log. */
  readonly lines: readonly string[];
}

const CODE = `
process.once("message", async ({ bundle, name, event }) => {
  const context = { getRemainingTimeInMillis: () => 30_000 };
  try {
    process.send({ answer: await require(bundle)[name](event, context) }, () => process.exit());
  } catch (error) {
    process.send({ error: error.message }, () => process.exit());
  }
});`;

/** Calls one export of a bundle in a process of its own, with nothing but this environment. */
export async function runHandler(
  folder: string,
  name: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
): Promise<HandlerRun> {
  const child = spawn(process.execPath, ["-e", CODE], {
    env: { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += String(chunk);
  });
  child.send({ bundle: path.join(folder, "index.js"), name, event });
  const [result] = await Promise.all([
    new Promise<Partial<HandlerRun>>((resolve) => {
      child.once("message", (message) => resolve(message as Partial<HandlerRun>));
    }),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  const lines = output.split("\n").filter((line) => line !== "");
  return { answer: result.answer, error: result.error, lines };
}
