import { LESSON_KINDS } from "./action.ts";
import { localDay } from "./instant.ts";
import type { Reading, ReplyText } from "./reading.ts";
import { decide, decideCorrection } from "./reading-decide.ts";
import type { Topic } from "./reading-events.ts";
import { isSensitive } from "./reading-sensitive.ts";
import { splitSignature } from "./reading-signature.ts";
import { plainText, splitSentences } from "./reading-text.ts";
import { tell } from "./reading-told.ts";

/**
 * Reads the trimmed words of one human reply: what is asked for, what has happened and when.
 *
 * Nothing is logged that is not plainly said: a reading that could be wrong comes back with
 * `certain: false`, and the person is asked. The conventions are those of docs/REPLIES.md.
 */
export function readReply(reply: ReplyText): Reading {
  const today = localDay(reply.sentOn, reply.timeZone);
  const { body } = splitSignature(plainText(reply.body));
  const topic = topicOf(reply);
  const isInvitation = reply.kind === "invitation" || reply.kind === "reminder";
  const correction = asCorrection(body);
  const sentences = splitSentences(correction ?? body, today);
  const weigh = correction === undefined ? decide : decideCorrection;
  const decision = weigh(tell(sentences, topic, today), sentences, { topic, isInvitation, today });
  return { ...decision, sensitive: isSensitive(body) };
}

function topicOf(reply: ReplyText): Topic {
  const isAboutLesson = reply.kind === "lesson" || reply.kind === "nudge";
  const taught = isAboutLesson ? LESSON_KINDS[(reply.lesson ?? 0) - 1] : undefined;
  const prompted = reply.kind === "meet" ? "meet-informally" : undefined;
  const kind = reply.done ?? taught ?? prompted;
  return {
    kind,
    isAgreement: reply.kind === "mou" || (kind?.startsWith("mou-") ?? false),
    named: [],
  };
}

/** "FIX", "FIX Mar 3", "fix lunch": the words behind it. */
function asCorrection(body: string): string | undefined {
  const match =
    /^\s*(?:(?:sorry|oops|please|pls|can you|could you|need to|hi|hello)[,!. ]+){0,3}(FIX|Fix|fix|FIXED)\b[\s,:;.!-]*([\s\S]*)$/.exec(
      body,
    );
  const [, word = "", rest = ""] = match ?? [];
  if (match === null) return undefined;
  const isPlain =
    word === "FIX" ||
    rest.trim() === "" ||
    /^(?:please|pls|it|that|this|the (?:date|day|last|entry|log)|my (?:last|date|entry|reply|answer)|last|should|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[a-z]+ \d)/i.test(
      rest,
    );
  return isPlain ? rest : undefined;
}
