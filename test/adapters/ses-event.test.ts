import { describe, expect, test } from "vitest";
import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { createSesEvent, type SesEventType, snsNotification } from "../../local/ses-event.ts";
import type { SesMail } from "../../local/ses-mail.ts";
import { LATER, NOON } from "./examples.ts";

const mail: SesMail = {
  id: "0100019a-0000-000000",
  sentAt: NOON,
  to: ["rosa@shelter.example"],
  configurationSet: "course",
  tags: { send: "abcdefgh234567ab_lesson-03_sp1" },
  raw: Buffer.from(
    "From: a@b.example\r\nTo: Rosa\r\n <rosa@shelter.example>\r\nSubject: Hi\r\n\r\nx",
  ),
};

describe("an event of the local SES", () => {
  test("says of the mail what SES says of it", () => {
    expect(createSesEvent("Send", mail)).toEqual({
      eventType: "Send",
      send: {},
      mail: {
        timestamp: NOON,
        source: "a@b.example",
        sourceArn: expect.stringContaining("arn:aws:ses:"),
        sendingAccountId: expect.stringMatching(/^\d{12}$/),
        messageId: mail.id,
        destination: mail.to,
        headersTruncated: false,
        headers: [
          { name: "From", value: "a@b.example" },
          { name: "To", value: "Rosa <rosa@shelter.example>" },
          { name: "Subject", value: "Hi" },
        ],
        commonHeaders: {
          from: ["a@b.example"],
          to: ["Rosa <rosa@shelter.example>"],
          messageId: mail.id,
          subject: "Hi",
        },
        tags: {
          "ses:configuration-set": ["course"],
          "ses:source-ip": ["127.0.0.1"],
          "ses:caller-identity": ["local"],
          send: [mail.tags.send],
        },
      },
    });
  });

  test.each([
    [
      "Delivery",
      "delivery",
      ["processingTimeMillis", "recipients", "reportingMTA", "smtpResponse", "timestamp"],
    ],
    [
      "Bounce",
      "bounce",
      [
        "bounceSubType",
        "bounceType",
        "bouncedRecipients",
        "feedbackId",
        "reportingMTA",
        "timestamp",
      ],
    ],
    [
      "Complaint",
      "complaint",
      [
        "arrivalDate",
        "complainedRecipients",
        "complaintFeedbackType",
        "complaintSubType",
        "feedbackId",
        "timestamp",
        "userAgent",
      ],
    ],
    ["Reject", "reject", ["reason"]],
    [
      "DeliveryDelay",
      "deliveryDelay",
      ["delayType", "delayedRecipients", "expirationTime", "timestamp"],
    ],
    ["Rendering Failure", "failure", ["errorMessage", "templateName"]],
  ] as const)("carries what SES tells about a %s", (type, part, fields) => {
    const event = createSesEvent(type, mail, { at: LATER });
    expect(Object.keys(event).toSorted()).toEqual(["eventType", "mail", part].toSorted());
    expect(Object.keys(event[part] as object).toSorted()).toEqual(fields);
  });

  test.each([
    ["Send", {}, "send", NOON],
    ["Delivery", { at: LATER }, "delivery", LATER],
    ["Bounce", { at: LATER }, "hard-bounce", LATER],
    ["Bounce", { at: LATER, bounceType: "Transient" }, "soft-bounce", LATER],
    ["Complaint", { at: LATER }, "complaint", LATER],
    ["Reject", {}, "reject", NOON],
    ["Rendering Failure", {}, "reject", NOON],
    ["DeliveryDelay", {}, "delay", NOON],
  ] as const)("is read by feedback as what it is (%s)", (type, details, read, at) => {
    expect(readMailEvent(createSesEvent(type as SesEventType, mail, details))).toEqual({
      type: read,
      sesId: mail.id,
      sentAt: mail.sentAt,
      sendId: mail.tags.send,
      at,
    });
  });

  test("travels as text in the envelope of SNS", () => {
    const event = createSesEvent("Complaint", mail);
    const notification = snsNotification(event, NOON);
    expect(notification.Type).toBe("Notification");
    expect(JSON.parse(notification.Message ?? "")).toEqual(event);
  });
});
