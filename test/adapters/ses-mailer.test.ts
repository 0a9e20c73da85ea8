import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSesClient, judgeFailure, sesMailer } from "../../functions/adapters/ses-mailer.ts";
import type { OutboundMail } from "../../functions/ports.ts";

/** A service that answers every request in one way and counts what reached it. */
interface FaultySes {
  readonly endpoint: string;
  readonly seen: { requests: number; connections: number; form: URLSearchParams };
  answer: (response: ServerResponse) => void;
  stop(): Promise<void>;
}

async function startFaultySes(): Promise<FaultySes> {
  const seen = { requests: 0, connections: 0, form: new URLSearchParams() };
  const server: Server = createServer(async (request, response) => {
    seen.requests += 1;
    let body = "";
    for await (const chunk of request) body += String(chunk);
    seen.form = new URLSearchParams(body);
    ses.answer(response);
  });
  server.on("connection", () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ses: FaultySes = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: accepted,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return ses;
}

const accepted = (response: ServerResponse) => {
  response.end(
    `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>ses-1</MessageId></SendRawEmailResult></SendRawEmailResponse>`,
  );
};
const refusing = (status: number, code: string) => (response: ServerResponse) => {
  response.statusCode = status;
  response.end(
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>Throttling MessageRejected timeout</Message></Error></ErrorResponse>`,
  );
};
const answering = (status: number, body: string) => (response: ServerResponse) => {
  response.statusCode = status;
  response.end(body);
};
const losing = (response: ServerResponse) => void response.socket?.destroy();
const neverAnswering = () => {};
const stoppingInTheMiddle = (response: ServerResponse) => {
  response.writeHead(200, { "content-length": "500" });
  response.write("<SendRaw");
};
const trickling = (response: ServerResponse) => {
  const { socket } = response;
  socket?.write("HTTP/1.1 200 OK\r\n");
  const drip = setInterval(() => socket?.write("x-still: here\r\n"), 20);
  socket?.on("close", () => clearInterval(drip));
};

const mail: OutboundMail = {
  sendId: "abc_lesson-01_sp1",
  to: "rosa@shelter.example",
  raw: Buffer.from("Subject: é\r\n\r\nHello"),
  tags: { send: "abc_lesson-01_sp1", kind: "lesson" },
};
const login = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

describe("the SES mailer", () => {
  let ses: FaultySes;
  beforeEach(async () => {
    ses = await startFaultySes();
  });
  afterEach(() => ses.stop());
  const deliver = (endpoint = ses.endpoint) =>
    sesMailer(createSesClient({ ...login, endpoint }, { timeoutMs: 150 }), {
      configurationSet: "course",
    }).deliver(mail);

  test("names an accepted mail by the bare id, as events do", async () => {
    ses.answer = answering(
      200,
      `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>&lt;0100-abc@email.amazonses.com&gt;</MessageId></SendRawEmailResult></SendRawEmailResponse>`,
    );
    expect(await deliver()).toEqual({ kind: "accepted", sesId: "0100-abc" });
  });

  test("hands over the message with its recipient, configuration set and tags", async () => {
    expect(await deliver()).toEqual({ kind: "accepted", sesId: "ses-1" });
    expect(Object.fromEntries(ses.seen.form)).toEqual({
      Action: "SendRawEmail",
      Version: "2010-12-01",
      "Destinations.member.1": mail.to,
      "RawMessage.Data": Buffer.from(mail.raw).toString("base64"),
      ConfigurationSetName: "course",
      "Tags.member.1.Name": "send",
      "Tags.member.1.Value": mail.tags.send,
      "Tags.member.2.Name": "kind",
      "Tags.member.2.Value": "lesson",
    });
  });

  test.each([
    ["the answer is lost", losing, "unknown"],
    ["SES answers 500", answering(500, ""), "unknown"],
    ["SES is throttling", refusing(400, "Throttling"), "not-now"],
    ["SES is too slow", neverAnswering, "unknown"],
    ["the answer trickles in for ever", trickling, "unknown"],
    ["the answer stops in the middle", stoppingInTheMiddle, "unknown"],
    ["the answer is no answer of SES", answering(200, "<html>"), "unknown"],
    ["a gateway answers 503", refusing(503, "ServiceUnavailable"), "unknown"],
  ] as const)("makes one request when %s", async (_case, answer, kind) => {
    ses.answer = answer;
    expect((await deliver()).kind).toBe(kind);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ses.seen.requests).toBe(1);
  });

  test.each(["MessageRejected", "InvalidParameterValue", "ValidationError"])(
    "takes %s as a refusal for good",
    async (code) => {
      ses.answer = refusing(400, code);
      expect(await deliver()).toEqual({ kind: "refused", why: code });
    },
  );

  test.each([
    "Throttling",
    "ThrottlingException",
    "LimitExceeded",
    "AccountSendingPausedException",
    "ConfigurationSetSendingPausedException",
    "ConfigurationSetDoesNotExist",
    "MailFromDomainNotVerifiedException",
    "SignatureDoesNotMatch",
    "AccessDenied",
    "ExpiredToken",
  ])("tries later when the account is not ready (%s)", async (code) => {
    ses.answer = refusing(400, code);
    expect(await deliver()).toEqual({ kind: "not-now" });
  });

  test("tries later when no connection came about", async () => {
    const { endpoint } = ses;
    await ses.stop();
    expect(await deliver(endpoint)).toEqual({ kind: "not-now" });
  });

  test("tries later when nothing could be signed, and asks SES nothing", async () => {
    const credentials = async () => {
      throw Object.assign(new Error("none"), { name: "CredentialsProviderError" });
    };
    const client = createSesClient({ ...login, endpoint: ses.endpoint, credentials });
    const mailer = sesMailer(client, { configurationSet: "course" });
    expect(await mailer.deliver(mail)).toEqual({ kind: "not-now" });
    expect(ses.seen.requests).toBe(0);
  });

  test("uses a connection again at once, and never one that lay idle", async () => {
    const client = createSesClient({ ...login, endpoint: ses.endpoint }, { idleConnectionMs: 60 });
    const mailer = sesMailer(client, { configurationSet: "course" });
    await mailer.deliver(mail);
    await mailer.deliver(mail);
    expect(ses.seen.connections).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await mailer.deliver(mail);
    expect(ses.seen.connections).toBe(2);
  });
});

test("a failure of which nothing is known counts as unknown", () => {
  expect(judgeFailure(new TypeError("a bug"))).toEqual({ kind: "unknown" });
  expect(judgeFailure("thrown text")).toEqual({ kind: "unknown" });
});
