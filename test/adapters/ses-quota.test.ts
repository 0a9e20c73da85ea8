import { afterEach, expect, test } from "vitest";
import { createSesClient } from "../../functions/adapters/ses-mailer.ts";
import { sesQuota } from "../../functions/adapters/ses-quota.ts";
import { plusMinutes } from "../../functions/core/instant.ts";
import { startSesEndpoint } from "../../local/ses-endpoint.ts";
import { type AwsEndpoint, startAwsEndpoint } from "../support/aws-endpoint.ts";
import { NOON } from "./examples.ts";

const stops: (() => Promise<void>)[] = [];
let now = NOON;
const clock = { now: () => now };
const login = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

afterEach(async () => {
  now = NOON;
  for (const stop of stops.splice(0)) await stop();
});

async function localSes(quota?: { readonly perSecond: number; readonly perDay: number }) {
  const account = { verifiedDomains: [], configurationSets: [] };
  const given = quota === undefined ? {} : { quota };
  const ses = await startSesEndpoint({ clock, account, onEvent: () => undefined, ...given });
  stops.push(ses.close);
  return sesQuota(createSesClient({ ...login, endpoint: ses.endpoint }), clock);
}

async function answering(status: number, rate: number): Promise<AwsEndpoint> {
  const body = `<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>200</Max24HourSend><MaxSendRate>${rate}</MaxSendRate><SentLast24Hours>7</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>`;
  const endpoint = await startAwsEndpoint(() => ({ status, body }));
  stops.push(endpoint.stop);
  return endpoint;
}

test("SES's quota is what SES says it is", async () => {
  const quota = await localSes({ perSecond: 14, perDay: 50_000 });
  expect(await quota()).toEqual({ perSecond: 14, perDay: 50_000 });
});

test("an account without a limit has none", async () => {
  const quota = await localSes();
  expect(await quota()).toEqual({ perSecond: Infinity, perDay: Infinity });
});

test("is asked for once in five minutes, whoever wants it", async () => {
  const endpoint = await answering(200, 14);
  const quota = sesQuota(createSesClient(endpoint.config), clock);
  await Promise.all([quota(), quota(), quota()]);
  now = plusMinutes(NOON, 4);
  await quota();
  expect(endpoint.requests).toHaveLength(1);
  now = plusMinutes(NOON, 5);
  expect(await quota()).toEqual({ perSecond: 14, perDay: 200 });
  expect(endpoint.requests).toHaveLength(2);
});

test("is unknown while SES does not answer, and then not asked for again at every mail", async () => {
  const endpoint = await answering(500, 14);
  const quota = sesQuota(createSesClient(endpoint.config), clock);
  expect([await quota(), await quota()]).toEqual([undefined, undefined]);
  expect(endpoint.requests).toHaveLength(1);
});
