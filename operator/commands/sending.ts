import * as z from "zod";
import { resumeSending, viewSending } from "../../functions/coordinator/resume-sending.ts";
import { command, done, refused } from "../command.ts";
import { minuteOf } from "../text.ts";

export const sending = command({
  name: "sending",
  summary: "Whether course mail goes out, and how much of it failed",
  notes:
    "Course mail pauses by itself when too much of the last seven days' mail bounced or was called spam; what a person waits for still goes out. cg resume-mail opens it again.",
  example: "sending",
  takes: z.object({}),
  async perform(ports) {
    const view = await viewSending(ports);
    const { paused, counts } = view;
    const state =
      paused === undefined
        ? "Course mail goes out."
        : `Course mail is paused since ${minuteOf(paused.since)} UTC: too many mails failed (${paused.why}).`;
    return done(
      view,
      `${state}\nOf ${counts.sent} mails that count, ${counts.bounce} bounced and ${counts.complaint} were called spam.`,
    );
  },
});

export const resumeMail = command({
  name: "resume-mail",
  summary: "Lets course mail go out again after it paused itself",
  notes:
    "Find the cause first: a list of old addresses, a domain that changed, somebody who feeds the form. Mails are counted anew from now on, so it pauses again only if new mail fails as often.",
  example: "resume-mail",
  takes: z.object({}),
  asks: async (ports) => {
    const { paused } = await viewSending(ports);
    return paused === undefined
      ? NOT_PAUSED
      : {
          kind: "ask",
          question: `Course mail paused on ${minuteOf(paused.since)} UTC (${paused.why}). Is the cause found and ended?`,
        };
  },
  async perform(ports) {
    const outcome = await resumeSending(ports);
    return outcome === "resumed"
      ? done({ paused: false }, "Course mail goes out again, each in its turn.")
      : NOT_PAUSED;
  },
});

const NOT_PAUSED = refused("Course mail is not paused.", "cg sending says how it stands.");
