import * as z from "zod";
import { isSuppressed } from "../../functions/core/consent.ts";
import { SEATS } from "../../functions/core/pair.ts";
import { composeSample, sampleMail } from "../../functions/send/sample-mail.ts";
import { command, done, type Outcome, refused, type Word } from "../command.ts";
import { seatField } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";

const MAIL: Word = {
  word: "<mail>",
  about: "its name, such as lesson-03, welcome or receipt-logged: the content file's name or id",
};
const SEAT: Word = { word: "--seat <seat>", about: "as that seat gets it: sp (as is) or le" };

const mailField = z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, {
  error: "is no mail's name, such as lesson-03 or receipt-logged",
});
const seatOption = seatField.default(SEATS[0]);

export const preview = command({
  name: "preview",
  summary: "Shows any mail, filled with invented people and facts",
  arguments: [MAIL],
  options: [
    SEAT,
    { word: "--as <format>", about: "text (as is), html, or eml: the whole message" },
    { word: "--out <file>", about: "into a file" },
  ],
  notes:
    "Of the edition that is current there. Links and reply address are signed for a pair that does not exist, so trying them out changes nothing.",
  example: "preview lesson-03 --seat le --as html --out lesson-03.html",
  takes: z.object({
    mail: mailField,
    seat: seatOption,
    as: z.enum(["text", "html", "eml"], { error: "must be text, html or eml" }).default("text"),
  }),
  async perform(ports, { mail, seat, as }) {
    const sample = await sampleMail(ports, mail, seat);
    if (sample === undefined) return noSuchMail(mail);
    const { subject, text, html } = sample.rendered;
    const facts = { mail, seat, subject, text, html };
    if (as === "html") return done(facts, html);
    if (as === "text") return done(facts, `Subject: ${subject}\n\n${text}`);
    const { raw } = composeSample(sample, sample.envelope.to.address);
    return done(facts, Buffer.from(raw).toString("utf8"));
  },
});

export const testSend = command({
  name: "test-send",
  summary: "Mails any mail to an address of your own, marked as a test",
  arguments: [MAIL, { word: "<address>", about: "your own; none that sits in a pair" }],
  options: [SEAT],
  notes:
    "It goes through SES as course mail does, so it shows whether SES lets us send and how the mail looks in a real mail program. It stands in no pair's ledger. An address that stopped our mail gets none.",
  example: "test-send lesson-03 operator@agency.example",
  takes: z.object({
    mail: mailField,
    address: z.email({ error: "is no address" }),
    seat: seatOption,
  }),
  async perform(ports, { mail, address, seat }) {
    const sample = await sampleMail(ports, mail, seat);
    if (sample === undefined) return noSuchMail(mail);
    const no = await whyNotThere(ports, address);
    if (no !== undefined) return no;
    const delivery = await ports.mailer.deliver(composeSample(sample, address));
    switch (delivery.kind) {
      case "accepted":
        return done({ mail, sesId: delivery.sesId }, `SES took it as ${delivery.sesId}.`);
      case "refused":
        return refused(
          `SES refused it for good: ${delivery.why}.`,
          "In the sandbox it mails verified addresses only; npm run doctor says more.",
        );
      case "not-now":
        return refused("SES does not take it now.", "npm run doctor says what is wrong.");
      case "unknown":
        return refused(
          "SES's answer was lost.",
          "Look whether the mail came before you try again.",
        );
    }
  },
});

async function whyNotThere(ports: OperatorPorts, address: string): Promise<Outcome | undefined> {
  const hash = ports.signer.hashAddress(address);
  if ((await ports.pairs.pairsOf(hash)).length > 0) {
    return refused("That address sits in a pair.", "A test goes to an address of your own.");
  }
  return isSuppressed(await ports.ledger.suppression(hash))
    ? refused("That address stopped our mail, or it bounced.", "Take another one of your own.")
    : undefined;
}

function noSuchMail(mail: string) {
  return refused(
    `The current edition has no mail ${mail}.`,
    "Its names are those of the files in emails/courses, and lesson-01 to lesson-11.",
  );
}
