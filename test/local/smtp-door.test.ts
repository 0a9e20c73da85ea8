import nodemailer from "nodemailer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSmtpDoor, type SmtpDoor } from "../../local/smtp-door.ts";
import { fakeService } from "./fake-service.ts";

const REPLY_TO = "r-abc234@reply.common-ground.example";
let service = fakeService();
let smtp: SmtpDoor;

beforeEach(async () => {
  service = fakeService();
  smtp = await openSmtpDoor(service.door, 0);
});
afterEach(() => smtp.close());

/** A real client on the door. */
function client() {
  return nodemailer.createTransport({ host: "127.0.0.1", port: smtp.port, ignoreTLS: true });
}

const mail = { from: "Ada <ada@harbor.example>", subject: "Re: Lesson 1", text: "Done" };

describe("the SMTP door", () => {
  test("takes an answer from a mail client, with its envelope", async () => {
    const { response } = await client().sendMail({ ...mail, to: REPLY_TO });
    const [notice] = service.steps.notices;
    expect(response).toBe(`250 Accepted as ${notice?.messageId}`);
    expect(notice).toMatchObject({ sender: "ada@harbor.example", recipients: [REPLY_TO] });
  });

  test("takes the envelope's word for who is written to, as with a blind copy", async () => {
    const envelope = { from: "ada@harbor.example", to: [REPLY_TO] };
    await client().sendMail({ ...mail, to: "somebody@else.example", envelope });
    expect(service.steps.notices[0]?.recipients).toEqual([REPLY_TO]);
  });

  test("takes the null sender of a bounce", async () => {
    await client().sendMail({ ...mail, envelope: { from: "", to: [REPLY_TO] } });
    expect(service.steps.notices[0]?.sender).toBe("");
  });

  test("refuses any other domain with 550 and says why", async () => {
    const sending = client().sendMail({ ...mail, to: "ben@police.example" });
    await expect(sending).rejects.toMatchObject({
      responseCode: 550,
      message: expect.stringContaining("replies only"),
    });
    expect(service.steps.notices).toEqual([]);
  });

  test("takes what is for us when the same mail is for others too", async () => {
    const { rejected } = await client().sendMail({ ...mail, to: [REPLY_TO, "ben@police.example"] });
    expect(rejected).toEqual(["ben@police.example"]);
    expect(service.steps.notices[0]?.recipients).toEqual([REPLY_TO]);
  });

  test("offers no password and no encryption, for nothing leaves this machine", async () => {
    const secured = nodemailer.createTransport({
      host: "127.0.0.1",
      port: smtp.port,
      requireTLS: true,
    });
    await expect(secured.sendMail({ ...mail, to: REPLY_TO })).rejects.toThrow();
  });
});
