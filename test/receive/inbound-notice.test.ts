import { describe, expect, test } from "vitest";
import { readReceiptEvent } from "../../functions/receive/inbound-notice.ts";

const record = {
  eventSource: "aws:ses",
  eventVersion: "1.0",
  ses: {
    mail: {
      timestamp: "2026-12-01T15:00:00.123Z",
      source: "ada@harbor.example",
      messageId: "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1",
      destination: ["r-abc@reply.example"],
      headersTruncated: false,
      headers: [],
      commonHeaders: {},
    },
    receipt: {
      timestamp: "2026-12-01T15:00:00.123Z",
      processingTimeMillis: 574,
      recipients: ["r-abc@reply.example"],
      spamVerdict: { status: "PASS" },
      virusVerdict: { status: "PASS" },
      spfVerdict: { status: "GRAY" },
      dkimVerdict: { status: "PROCESSING_FAILED" },
      dmarcVerdict: { status: "FAIL" },
      dmarcPolicy: "reject",
      action: { type: "Lambda", functionArn: "arn:aws:lambda:::receive", invocationType: "Event" },
    },
  },
};

describe("the event of a receipt rule", () => {
  test("gives the envelope and the verdicts", () => {
    expect(readReceiptEvent({ Records: [record] })).toEqual([
      {
        messageId: "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1",
        timestamp: "2026-12-01T15:00:00.123Z",
        recipients: ["r-abc@reply.example"],
        sender: "ada@harbor.example",
        verdicts: {
          spf: "GRAY",
          dkim: "PROCESSING_FAILED",
          dmarc: "FAIL",
          spam: "PASS",
          virus: "PASS",
        },
      },
    ]);
  });

  test.each([["<>"], [""], [undefined]])("knows the null sender written as %j", (source) => {
    const mail = { ...record.ses.mail, source };
    const [notice] = readReceiptEvent({ Records: [{ ...record, ses: { ...record.ses, mail } }] });
    expect(notice?.sender).toBe("");
  });

  test("turns other spellings of an instant into ours", () => {
    const mail = { ...record.ses.mail, timestamp: "2026-12-01T10:00:00-05:00" };
    const [notice] = readReceiptEvent({ Records: [{ ...record, ses: { ...record.ses, mail } }] });
    expect(notice?.timestamp).toBe("2026-12-01T15:00:00.000Z");
  });

  test.each([
    ["nothing", undefined],
    ["no records", { Records: [] }],
    ["an event of a bucket", { Records: [{ eventSource: "aws:s3", s3: {} }] }],
  ])("is refused when it is %s", (_name, event) => {
    expect(() => readReceiptEvent(event)).toThrow();
  });
});
