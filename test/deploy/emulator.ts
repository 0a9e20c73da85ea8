import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "../support/free-port.ts";
import { emulatorCommand, lambdaNodeFolder, ROOT } from "./tools.ts";

/** An AWS account on this machine, empty at first. */
export interface Emulator {
  /** Where all of AWS's services answer. */
  readonly endpoint: string;
  /** Points the CDK's command, the SDK and every command of ours at it, and at nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";

/** What the emulator said; of the last run only. */
export const EMULATOR_LOG = path.join(ROOT, ".cache/emulator.log");
const READY_MS = 60_000;

/**
 * Starts MiniStack on a free port of 127.0.0.1. Functions run on Node 24, several at once; mail that
 * SES accepts is delivered to `smtpPort`. Ends with this process at the latest, however that ends, and
 * takes the folder along.
 *
 * @param folder an empty one, for the emulator's files and the caller's
 */
export async function startEmulator(folder: string, smtpPort: number): Promise<Emulator> {
  const [command, node, port] = await Promise.all([
    emulatorCommand(),
    lambdaNodeFolder(),
    freePort(),
  ]);
  mkdirSync(path.dirname(EMULATOR_LOG), { recursive: true });
  const keeper = path.join(import.meta.dirname, "keeper.ts");
  const child = spawn(
    process.execPath,
    ["--import", "tsx", keeper, folder, EMULATOR_LOG, command],
    {
      cwd: ROOT,
      detached: true, // Ctrl-C is for the tests; the keeper ends when they are gone
      env: { ...withoutAws(process.env), ...emulatorSettings(port, node, smtpPort) },
      stdio: ["pipe", "inherit", "inherit"],
    },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const emulator = {
    endpoint,
    environment: { ...withoutAws(process.env), ...accountOf(endpoint) },
    stop: () => ended(child),
  };
  try {
    await untilReady(endpoint, child);
    return emulator;
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

function emulatorSettings(port: number, node: string, smtpPort: number) {
  return {
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: REGION,
    SMTP_HOST: `127.0.0.1:${smtpPort}`,
    PATH: `${node}:${process.env.PATH}`, // the first Node there runs the functions
    NODE_PATH: path.join(ROOT, "node_modules"), // Lambda brings the SDK that custom resources use
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
  };
}

/** No profile, no credentials and no region of whoever runs the tests. */
function withoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"));
  return Object.fromEntries(kept.map(([name, value = ""]) => [name, value]));
}

/** The account's only credentials; the files that a machine may hold others in are out of reach. */
function accountOf(endpoint: string) {
  return {
    ...NO_ACCOUNT,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}

const NO_ACCOUNT = {
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  CDK_DISABLE_CLI_TELEMETRY: "true",
};

/** An environment in which nothing about AWS can be found. */
export function withoutAccount(): Record<string, string> {
  return { ...withoutAws(process.env), ...NO_ACCOUNT };
}

async function untilReady(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The emulator does not start:\n${readFileSync(EMULATOR_LOG, "utf8")}`);
}

/** Closing its standard input ends the keeper, and with it all it keeps. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await gone;
}
