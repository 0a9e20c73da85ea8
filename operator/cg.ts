import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { runCommandLine, type Terminal } from "./command-line.ts";
import { localPlace } from "./local-place.ts";
import { placeMeant } from "./where.ts";

// The SDK says at each start that it will want a newer Node one day; package.json says what is needed now.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** `npm run cg -- …` */
process.exitCode = await runCommandLine(
  {
    terminal: terminal(),
    openPlace: async (where) => {
      const place = placeMeant(where, process.env.PORT);
      if (place.kind === "local") return localPlace(place.url);
      // Only here, for it brings the SDK with it: half a second that nobody waits for at the local service.
      const { stagePlace } = await import("./stage.ts");
      process.env.AWS_REGION = place.region; // the adapters' clients take theirs from here, as in a function
      return stagePlace(place, (line) => process.stderr.write(`${line}\n`));
    },
  },
  process.argv.slice(2),
);

function terminal(): Terminal {
  const streams = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
    writeFile: (path: string, text: string) => writeFileSync(path, text),
  };
  return process.stdin.isTTY ? { ...streams, ask } : streams;
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
