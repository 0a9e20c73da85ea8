import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, test } from "vitest";
import { sesSuppressions } from "../../functions/adapters/ses-suppressions.ts";
import type { SesSuppressions } from "../../functions/ports.ts";
import { startSesEndpoint } from "../../local/ses-endpoint.ts";
import { memorySuppressed } from "../../local/ses-store.ts";
import { type AwsEndpoint, startAwsEndpoint } from "../support/aws-endpoint.ts";
import { createTestService } from "../support/service.ts";
import { NOON } from "./examples.ts";

/** A list with these addresses on it. */
interface List {
  readonly port: SesSuppressions;
  has(address: string): boolean;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function inMemory(...addresses: readonly string[]): Promise<List> {
  const { ports, suppressedBySes } = await createTestService(NOON);
  for (const address of addresses) suppressedBySes.add(address);
  return { port: ports.sesSuppressions, has: (address) => suppressedBySes.has(address) };
}

async function atSes(...addresses: readonly string[]): Promise<List> {
  const suppressed = memorySuppressed(addresses);
  const account = { verifiedDomains: [], configurationSets: [] };
  const clock = { now: () => NOON };
  const ses = await startSesEndpoint({ clock, account, onEvent: () => undefined, suppressed });
  const client = new SESv2Client({
    endpoint: ses.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  stops.push(async () => client.destroy(), ses.close);
  return { port: sesSuppressions(client), has: suppressed.has };
}

describe.each([
  ["in memory", inMemory],
  ["through the SDK", atSes],
])("SES's own list, %s", (_where, listOf) => {
  test("loses the address that is named, and no other", async () => {
    const list = await listOf("ada+x@harbor.example", "ben@police.example");
    await list.port.remove("ada+x@harbor.example");
    expect(list.has("ada+x@harbor.example")).toBe(false);
    expect(list.has("ben@police.example")).toBe(true);
  });

  test("may be asked for an address that is not on it, and again", async () => {
    const list = await listOf("ben@police.example");
    await list.port.remove("ada@harbor.example");
    await list.port.remove("ada@harbor.example");
    expect(list.has("ben@police.example")).toBe(true);
  });
});

describe("SES's own list, through the SDK", () => {
  async function answering(status: number, code: string): Promise<AwsEndpoint> {
    const endpoint = await startAwsEndpoint(() => ({
      status,
      body: "{}",
      headers: { "x-amzn-errortype": code, "content-type": "application/json" },
    }));
    stops.push(endpoint.stop);
    return endpoint;
  }

  test("is asked about an international domain in the form in which mail went there", async () => {
    const endpoint = await answering(200, "");
    await sesSuppressions(new SESv2Client(endpoint.config)).remove("ana@müller.example");
    expect(endpoint.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "DELETE /v2/email/suppression/addresses/ana%40xn--mller-kva.example",
    ]);
  });

  test("that does not answer is an error, so that what was begun is done again", async () => {
    const endpoint = await answering(400, "TooManyRequestsException");
    const list = sesSuppressions(new SESv2Client(endpoint.config));
    await expect(list.remove("ada@harbor.example")).rejects.toThrow();
  });
});
