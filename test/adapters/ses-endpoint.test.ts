import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSesClient, sesMailer } from "../../functions/adapters/ses-mailer.ts";
import { plusMs } from "../../functions/core/instant.ts";
import { composeMail } from "../../functions/send/compose-mail.ts";
import {
  type SesEndpoint,
  type SesEndpointParts,
  startSesEndpoint,
} from "../../local/ses-endpoint.ts";
import type { SesEvent } from "../../local/ses-event.ts";
import { fileMails, fileSuppressed } from "../../local/ses-store.ts";
import { NOON } from "./examples.ts";

const account = { verifiedDomains: ["commonground.example"], configurationSets: ["course"] };
const plain = "From: hello@commonground.example\r\nTo: rosa@shelter.example\r\n\r\nHi\r\n";

let now = NOON;
let events: SesEvent[] = [];
let running: SesEndpoint[] = [];

async function start(parts: Partial<SesEndpointParts> = {}): Promise<SesEndpoint> {
  const onEvent = (event: SesEvent) => void events.push(event);
  const ses = await startSesEndpoint({ clock: { now: () => now }, account, onEvent, ...parts });
  running.push(ses);
  return ses;
}

function clientOf({ endpoint }: SesEndpoint): SESClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return createSesClient({ endpoint, region: "us-east-1", credentials });
}

interface Sending {
  readonly raw?: string | Buffer;
  readonly to?: readonly string[];
  readonly set?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

function send(ses: SesEndpoint, { raw = plain, to, set, tags = {} }: Sending = {}) {
  return clientOf(ses).send(
    new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from(raw) },
      Destinations: to === undefined ? undefined : [...to],
      ConfigurationSetName: set,
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
}

/** The code of the refusal, or "accepted". */
async function outcomeOf(ses: SesEndpoint, sending: Sending): Promise<string> {
  try {
    await send(ses, sending);
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.name : "thrown";
  }
}

beforeEach(() => {
  now = NOON;
  events = [];
});
afterEach(async () => {
  await Promise.all(running.map((ses) => ses.close()));
  running = [];
});

describe("the local SES", () => {
  test("keeps a mail of ours as the mailer handed it over, but for Message-ID and Date", async () => {
    const ses = await start();
    const raw = composeMail(
      { subject: "Lesson 3", html: `<p>${"Hé ".repeat(500)}</p>`, text: "Hé" },
      {
        from: "hello@commonground.example",
        to: { name: "Rosa Ávila", address: "rosa@shelter.example" },
        replyTo: "r-abc@reply.commonground.example",
        kind: "lesson",
        unsubscribeUrl: "https://commonground.example/u/1",
        listDomain: "reply.commonground.example",
        messageIdDomain: "email.amazonses.com",
      },
    );
    const mail = {
      sendId: "x",
      to: "rosa@shelter.example",
      raw,
      tags: { send: "x", kind: "lesson" },
    };
    const mailer = sesMailer(clientOf(ses), { configurationSet: "course" });
    const delivery = await mailer.deliver(mail);
    const [kept] = ses.mails.all();
    expect(delivery).toEqual({ kind: "accepted", sesId: kept?.id });
    expect(kept).toMatchObject({
      sentAt: NOON,
      to: ["rosa@shelter.example"],
      configurationSet: "course",
      tags: { send: "x", kind: "lesson" },
    });
    const [before, after] = [await PostalMime.parse(raw), await PostalMime.parse(kept?.raw ?? "")];
    expect(after.messageId).toBe(`<${kept?.id}@email.amazonses.com>`);
    expect(after.date).toBe(NOON);
    const others = ({ headers }: typeof before) =>
      headers.filter(({ key }) => !["message-id", "date"].includes(key));
    expect(others(after)).toEqual(others(before));
    expect([after.html, after.text]).toEqual([before.html, before.text]);
  });

  test("replaces a broken Date and a last one, and leaves the body alone", async () => {
    const ses = await start();
    const head = "From: hello@commonground.example\r\nMESSAGE-ID: <a\r\n b>\r\ndate: never";
    await send(ses, { raw: `${head}\r\n\r\nDate: of birth\r\n`, to: ["a@b.example"] });
    const text = Buffer.from(ses.mails.all()[0]?.raw ?? "").toString();
    const id = ses.mails.all()[0]?.id;
    expect(text).toBe(
      `Message-ID: <${id}@email.amazonses.com>\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\n` +
        "From: hello@commonground.example\r\n\r\nDate: of birth\r\n",
    );
  });

  test("gets international domains from the mailer in the form it takes", async () => {
    const ses = await start();
    const mailer = sesMailer(clientOf(ses), { configurationSet: "course" });
    const mail = { sendId: "x", to: "rosa@café.example", raw: Buffer.from(plain), tags: {} };
    expect((await mailer.deliver(mail)).kind).toBe("accepted");
    expect(ses.mails.all()[0]?.to).toEqual(["rosa@xn--caf-dma.example"]);
  });

  test("takes the recipients of the envelope before those of the headers", async () => {
    const ses = await start();
    await send(ses, { to: ["other@shelter.example"] });
    await send(ses);
    expect(ses.mails.all().map(({ to }) => to)).toEqual([
      ["other@shelter.example"],
      ["rosa@shelter.example"],
    ]);
  });

  test("reports Send and Delivery, in that order, before the sender has its answer", async () => {
    const ses = await start();
    await send(ses, { tags: { send: "abc_lesson-01_sp1" }, set: "course" });
    const [mail] = ses.mails.all();
    expect(events.map(({ eventType }) => eventType)).toEqual(["Send", "Delivery"]);
    expect(events[0]).toMatchObject({
      mail: {
        messageId: mail?.id,
        timestamp: NOON,
        destination: ["rosa@shelter.example"],
        tags: { send: ["abc_lesson-01_sp1"], "ses:configuration-set": ["course"] },
      },
      send: {},
    });
    expect(events[1]).toMatchObject({ delivery: { recipients: ["rosa@shelter.example"] } });
  });

  test.each([
    [
      "a From of another domain",
      { raw: plain.replace("commonground", "stranger") },
      "MessageRejected",
    ],
    ["no From", { raw: "To: a@b.example\r\n\r\nHi" }, "MessageRejected"],
    ["an unknown configuration set", { set: "none" }, "ConfigurationSetDoesNotExistException"],
    ["a tag that is no word", { tags: { send: "rosa@shelter.example" } }, "InvalidParameterValue"],
    ["a tag's name that is no word", { tags: { "se nd": "x" } }, "InvalidParameterValue"],
    ["a local part that is not ASCII", { to: ["rosá@shelter.example"] }, "InvalidParameterValue"],
    ["a domain that is not ASCII", { to: ["rosa@café.example"] }, "InvalidParameterValue"],
    [
      "no recipient",
      { raw: "From: hello@commonground.example\r\n\r\nHi" },
      "InvalidParameterValue",
    ],
    [
      "51 recipients",
      { to: Array.from({ length: 51 }, (_, n) => `p${n}@b.example`) },
      "InvalidParameterValue",
    ],
    // In base64 "???" has a slash. Without one so long a text may be too much for the SDK's own encoding.
    ["a message over 10 MB", { raw: plain + "???\r\n".repeat(2_200_000) }, "InvalidParameterValue"],
    [
      "a line over 998 characters",
      { raw: `${plain}${"x".repeat(999)}\r\n` },
      "InvalidParameterValue",
    ],
    ["an empty message", { raw: " " }, "InvalidParameterValue"],
  ] as const)("refuses %s and keeps nothing", async (_what, sending, code) => {
    const ses = await start();
    expect(await outcomeOf(ses, sending)).toBe(code);
    expect(ses.mails.all()).toEqual([]);
    expect(events).toEqual([]);
  });

  test("takes what lies just within the limits", async () => {
    const ses = await start();
    const fitting: readonly Sending[] = [
      { to: Array.from({ length: 50 }, (_, n) => `p${n}@b.example`) },
      { raw: `${plain}${"x".repeat(998)}\r\n` },
      {
        raw: plain.replace("hello@", "Common Ground <hello@mail.").replace(".example", ".example>"),
      },
      { set: "course", tags: { send: "A-z_0".repeat(50) } },
    ];
    const outcomes = await Promise.all(fitting.map((sending) => outcomeOf(ses, sending)));
    expect(outcomes).toEqual(fitting.map(() => "accepted"));
  });

  test("throttles beyond its rate and its quota, and says what they are", async () => {
    const ses = await start({ quota: { perSecond: 2, perDay: 3 } });
    const outcomes = [];
    for (const ms of [0, 0, 999, 1_000, 5_000, 86_399_999, 86_400_000]) {
      now = plusMs(NOON, ms);
      outcomes.push(await outcomeOf(ses, {}));
    }
    expect(outcomes).toEqual([
      ...["accepted", "accepted", "Throttling", "accepted"],
      ...["Throttling", "Throttling", "accepted"],
    ]);
    const quota = await clientOf(ses).send(new GetSendQuotaCommand({}));
    expect(quota).toMatchObject({ Max24HourSend: 3, MaxSendRate: 2, SentLast24Hours: 2 });
  });

  test("takes what goes to the mailbox simulator, reports on it and keeps none of it", async () => {
    const ses = await start();
    await send(ses, { to: ["success@simulator.amazonses.com"] });
    expect(ses.mails.all()).toEqual([]);
    expect(events.map(({ eventType }) => eventType)).toEqual(["Send", "Delivery"]);
  });

  test("takes mail to an address that bounced or complained, drops it and reports a bounce", async () => {
    for (const type of ["Bounce", "Complaint"] as const) {
      const ses = await start();
      const { MessageId: id = "" } = await send(ses);
      await ses.report(id, type);
      events = [];
      await send(ses);
      expect(events.map(({ eventType }) => eventType)).toEqual(["Send", "Bounce"]);
      expect(events[1]?.bounce).toMatchObject({
        bounceType: "Permanent",
        bounceSubType: "OnAccountSuppressionList",
      });
    }
  });

  test("delivers to an address that bounced softly", async () => {
    const ses = await start();
    const { MessageId: id = "" } = await send(ses);
    await ses.report(id, "Bounce", { bounceType: "Transient" });
    events = [];
    await send(ses);
    expect(events.map(({ eventType }) => eventType)).toEqual(["Send", "Delivery"]);
  });

  test("offers no other action", async () => {
    const ses = await start();
    const answer = await fetch(ses.endpoint, { method: "POST", body: "Action=DeleteIdentity" });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("<Code>InvalidAction</Code>");
  });

  test("reports on request what becomes of a mail, at the instant it is", async () => {
    const ses = await start();
    const { MessageId: id = "" } = await send(ses);
    now = plusMs(NOON, 60_000);
    await ses.report(id, "Bounce", { bounceType: "Transient" });
    await ses.report(id, "Complaint");
    expect(events.slice(2)).toMatchObject([
      { eventType: "Bounce", bounce: { bounceType: "Transient", timestamp: now } },
      { eventType: "Complaint", complaint: { timestamp: now } },
    ]);
    expect(await ses.report("none", "Bounce")).toBeUndefined();
    expect(events).toHaveLength(4);
  });

  test("answers 500 when the event cannot be handed over, as SES may", async () => {
    const ses = await start({ onEvent: () => Promise.reject(new Error("full")) });
    const mailer = sesMailer(clientOf(ses), { configurationSet: "course" });
    const mail = { sendId: "x", to: "rosa@shelter.example", raw: Buffer.from(plain), tags: {} };
    expect(await mailer.deliver(mail)).toEqual({ kind: "unknown" });
  });
});

describe("the local SES with a folder", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ses-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test("has every mail after a restart, in their order and byte for byte", async () => {
    const first = await start({ mails: fileMails(directory) });
    for (const subject of ["one", "two", "three"]) {
      await send(first, { raw: `Subject: ${subject}\r\n${plain}\xff`, set: "course" });
    }
    const kept = first.mails.all();
    await first.close();
    running = [];
    const second = await start({ mails: fileMails(directory) });
    expect(second.mails.all()).toEqual(kept);
    const { MessageId: id = "" } = await send(second);
    expect(
      fileMails(directory)
        .all()
        .map((mail) => mail.id),
    ).toEqual([...kept.map((m) => m.id), id]);
    expect(second.mails.find(kept[1]?.id ?? "")).toEqual(kept[1]);
  });

  test("reports the last mail again, whose events may not have been handed over", async () => {
    const first = await start({ mails: fileMails(directory), onEvent: () => {} });
    await send(first);
    const { MessageId: last } = await send(first);
    await start({ mails: fileMails(directory) });
    expect(events.map(({ eventType, mail }) => [eventType, mail.messageId])).toEqual([
      ["Send", last],
      ["Delivery", last],
    ]);
  });

  test("knows after a restart whose mail it drops", async () => {
    const path = join(directory, "suppressed.txt");
    const first = fileSuppressed(path);
    first.add("Rosa@Shelter.example");
    first.add("ana@harbor.example");
    first.remove("ana@harbor.example");
    const second = fileSuppressed(path);
    expect(second.has("rosa@shelter.example")).toBe(true);
    expect(second.has("ana@harbor.example")).toBe(false);
  });

  test("does not count a mail of which only half was written", async () => {
    const ses = await start({ mails: fileMails(directory) });
    await send(ses);
    const [name = ""] = readdirSync(directory).filter((file) => file.endsWith(".json"));
    rmSync(join(directory, name));
    expect(fileMails(directory).all()).toEqual([]);
  });
});
