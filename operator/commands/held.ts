import * as z from "zod";
import {
  type HeldOutcome,
  type HeldRefusal,
  resendMail,
  skipMail,
  whyNotAgain,
} from "../../functions/coordinator/settle-held.ts";
import { parseSendId, type SendKey, sendIdOf } from "../../functions/core/send.ts";
import { command, done, type Outcome, refused, type Word } from "../command.ts";

const SEND: Word = { word: "<send>", about: "the mail's id, as cg show and the logs name it" };

const sendField = z.string().transform((id, context): SendKey => {
  const key = parseSendId(id);
  if (key !== undefined) return key;
  context.addIssue({
    code: "custom",
    message: "is no mail's id, such as abcdefgh234567ab_lesson-03_sp1; cg show lists them",
  });
  return z.NEVER;
});

export const resend = command({
  name: "resend",
  summary: "Sends a mail again that was held, given up, or came back",
  arguments: [SEND],
  notes:
    "A mail is held when SES refused it, it could not be written, or SES's answer was lost twice; in that last case ask the person first whether it came. It keeps its key, its edition and its words, waits for quiet hours and its turn, and goes nowhere that a stop, a bounce or a pause forbids.",
  example: "resend abcdefgh234567ab_lesson-03_sp1",
  takes: z.object({ send: sendField }),
  asks: async (ports, { send: key }) => {
    const no = await whyNotAgain(ports, key);
    if (no !== undefined) return refusalOf(no, key);
    const attempt = (await ports.ledger.read(key))?.unresolved ?? 0;
    const doubt = attempt > 0 ? " Nobody knows whether the first one came." : "";
    return {
      kind: "ask",
      question: `This mails ${key.item} to ${key.seat} of ${key.owner}.${doubt} It cannot be taken back.`,
    };
  },
  perform: async (ports, { send: key }) => outcomeOf(await resendMail(ports, key), key, "planned"),
});

export const skip = command({
  name: "skip",
  summary: "Gives a held mail up, so that it asks for nobody any more",
  arguments: [SEND],
  notes:
    "The pair does not wait for a held mail, with or without this. cg resend still sends it later.",
  example: "skip abcdefgh234567ab_lesson-03_sp1",
  takes: z.object({ send: sendField }),
  perform: async (ports, { send: key }) => outcomeOf(await skipMail(ports, key), key, "given up"),
});

function outcomeOf(outcome: HeldOutcome, key: SendKey, word: string): Outcome {
  if (outcome.kind !== "done") return refusalOf(outcome, key);
  const { state } = outcome.send;
  return done({ send: sendIdOf(key), state }, `${sendIdOf(key)} is ${word}.`);
}

function refusalOf(outcome: HeldRefusal, key: SendKey) {
  const show = `cg show ${key.owner} says more.`;
  switch (outcome.kind) {
    case "unknown":
      return refused(`There is no mail ${sendIdOf(key)}.`, show);
    case "in-state":
      return refused(`That mail is ${outcome.state}, so it waits for nobody.`, show);
    case "of-no-use":
      return refused("That mail would be of no use any more.", "The person can ask for a new one.");
    case "nobody":
      return refused("Nobody holds that seat under that number any more.", show);
    case "must-wait":
      return refused(
        "A pause or a hold keeps it back.",
        `It can be sent when that is over: cg resume ${key.owner} <seat>.`,
      );
    case "must-not":
      return refused(
        "That address is stopped, bounced, complained, or its owner left.",
        "A bounce or complaint can be lifted with cg unsuppress, a stop only by its owner's START.",
      );
  }
}
