import { type Browser, chromium } from "playwright-core";

/**
 * A headless browser that needs no installed one: `@sparticuz/chromium` brings a Linux x64 build with
 * its own libraries and fonts. Elsewhere an installed Chrome serves.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return chromium.launch({ channel: "chrome" });
  }
  // The package unpacks its shared libraries only where it believes to be on AWS Lambda; both
  // variables it reads or sets go back to what they were, for they concern everything else too.
  const before = { ...process.env };
  try {
    process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
    const { default: packed } = await import("@sparticuz/chromium");
    const executablePath = await packed.executablePath();
    // Its own arguments switch site isolation off and crash with a second context.
    return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  } finally {
    for (const name of ["AWS_EXECUTION_ENV", "LD_LIBRARY_PATH"]) restore(name, before[name]);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
