import type { PlantedBug } from "./planted-bug.ts";

/** Replies: read once, answered once, and never acted on for somebody else. */
export const BUGS_IN_LETTERS: readonly PlantedBug[] = [
  {
    name: "a mail that comes twice counts as two replies",
    rows: [18],
    file: "functions/receive/receive-mail.ts",
    changes: [
      {
        find: `  const id = replyId(ports, mail, answered);
  if (await ports.pairs.hasReply(pair.id, id)) return "seen-before";`,
        put: `  const known = replyId(ports, mail, answered);
  const isKnown = await ports.pairs.hasReply(pair.id, known);
  const id = isKnown ? ports.signer.hash(known, notice.messageId).slice(0, 16) : known;`,
      },
    ],
    checks: ["one-answer-a-letter", "logged-once"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "delivered twice, through To and Cc, is logged once and answered once",
    },
  },
  {
    name: "a reply is remembered before it is answered",
    rows: [18, 21],
    file: "functions/receive/receive-mail.ts",
    changes: [
      {
        find: `  await answerReply(ports, {
    id,`,
        put: `  await ports.pairs.rememberReply(pair.id, id, plusDays(notice.timestamp, REMEMBER_DAYS));
  await answerReply(ports, {
    id,`,
      },
    ],
    checks: ["every-letter-is-answered"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "whose answering broke off is answered by the next try",
    },
  },
  {
    name: "the hourly sweep reads nothing",
    rows: [21],
    file: "functions/receive/sweep-unread.ts",
    changes: [
      {
        find: `    await readAgain(ports, messageId);\n`,
        put: `    if (messageId === "") await readAgain(ports, messageId);\n`,
      },
    ],
    checks: ["every-letter-is-read", "every-letter-is-answered"],
    test: {
      file: "test/receive/sweep-unread.test.ts",
      title: "reads a mail whose notice was lost, once, and deletes it",
    },
  },
  {
    name: "a machine's mail is answered",
    rows: [19],
    file: "functions/receive/receive-mail.ts",
    changes: [{ find: `if (mail.automatic) return "automatic";`, put: `` }],
    checks: ["one-answer-a-letter"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "an out-of-office is never answered or logged",
    },
  },
  {
    name: "a raw mail is deleted before it is read",
    rows: [21],
    file: "functions/receive/receive-mail.ts",
    changes: [
      {
        find: `  const outcome = await read(ports, notice, raw);
  await ports.archive.remove(notice.messageId);`,
        put: `  await ports.archive.remove(notice.messageId);
  const outcome = await read(ports, notice, raw);`,
      },
    ],
    checks: ["every-letter-is-answered"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "handled again after a crash is logged once and answered once",
    },
  },
  {
    name: "a stranger's words are taken for the owner's",
    rows: [18],
    file: "functions/receive/who-wrote.ts",
    changes: [
      {
        find: `const theirs = wrote.filter(isAccepted);`,
        put: `const theirs = wrote;`,
      },
    ],
    checks: ["logged-once"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "somebody else logs nothing; the owner is asked, at their own address",
    },
  },
  {
    name: "answers have no limit",
    rows: [19],
    file: "functions/receive/answer-reply.ts",
    changes: [
      {
        find: `return ports.limits.take(key, ANSWERS_PER_DAY,`,
        put: `return ports.limits.take(key, 100 * ANSWERS_PER_DAY,`,
      },
    ],
    checks: ["answers-are-few"],
    test: {
      file: "test/receive/receive-mail.test.ts",
      title: "end at five a seat and day, and what is said is done all the same",
    },
  },
  {
    name: "a reply that is handled again costs another answer of the day",
    rows: [18, 19],
    file: "functions/adapters/limits.ts",
    changes: [
      {
        find: `isKnown = use !== undefined && window.uses.includes(use);`,
        put: `isKnown = false;`,
      },
    ],
    checks: ["every-letter-is-answered"],
    test: {
      file: "test/adapters/limits.test.ts",
      title: "count a use that is tried again once, and still let it through",
    },
  },
];
