import type { PlantedBug } from "./planted-bug.ts";

/** Stops, pauses, bounces and seats that change hands: who may be written to, and whose word counts. */
export const BUGS_IN_CONSENT: readonly PlantedBug[] = [
  {
    name: "consent is read before the claim",
    rows: [16],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `const TRY_AGAIN_MINUTES = 1;`,
        put: `const TRY_AGAIN_MINUTES = 1;
const early = new Map<string, readonly Consent[]>();`,
      },
      {
        find: `  const stored = await ports.ledger.read(key);
  // Asking`,
        put: `  const stored = await ports.ledger.read(key);
  early.set(sendIdOf(key), await ports.ledger.consents(key.owner));
  // Asking`,
      },
      {
        find: `send.seat === "coordinator" ? [] : await ports.ledger.consents(send.owner);`,
        put: `send.seat === "coordinator" ? [] : (early.get(sendIdOf(send)) ?? []);`,
      },
    ],
    checks: ["consent-is-read-after-claim"],
    test: {
      file: "test/send/consent-at-sending.test.ts",
      title: "a resume that crosses a sender which saw the pause loses nothing",
    },
  },
  {
    name: "a stop of the address is not looked at",
    rows: [15, 16],
    file: "functions/core/allowed.ts",
    changes: [{ find: `if (grounds.length > 0) {`, put: `if (grounds.length > 9) {` }],
    checks: ["stop-is-kept"],
    test: {
      file: "test/send/consent-at-sending.test.ts",
      title:
        "a stop whose second write was lost, so that the pair knows nothing of it, stops the mail too",
    },
  },
  {
    name: "START lifts every ground at once",
    rows: [26],
    file: "functions/core/consent.ts",
    changes: [
      {
        find: `    return undefined;
  return { ...current, [ground]: act };`,
        put: `    return undefined;
  if (act.lifted) return { ...current, [ground]: act, bounce: act, complaint: act };
  return { ...current, [ground]: act };`,
      },
    ],
    checks: ["latest-act-holds"],
    test: {
      file: "test/core/consent.test.ts",
      title: "each ground of a suppression stands and falls by its own latest act",
    },
  },
  {
    name: "the pair is written before the ledger",
    rows: [1, 16],
    file: "functions/schedule/change-pair.ts",
    changes: [
      {
        find: `  const written = await writeConsents(ports, change.pair, ownWords(change));
  if (written !== "done") return written;
  await`,
        put: `  await`,
      },
      {
        find: `if ((await ports.pairs.save(change.pair)) === "stale") return "again";`,
        put: `if ((await ports.pairs.save(change.pair)) === "stale") return "again";
  const written = await writeConsents(ports, change.pair, ownWords(change));
  if (written !== "done") return written;`,
      },
    ],
    checks: ["starts-once", "pair-and-ledger-agree"],
    test: {
      file: "test/partner/own-page.test.ts",
      title: "the ledger has a pause before the pair has it",
    },
  },
  {
    name: "a pair that missed its second write is not put right",
    rows: [1, 20],
    file: "functions/schedule/advance-pair.ts",
    changes: [
      {
        find: `    await ports.ledger.consents(stored.id),`,
        put: `    [],`,
      },
    ],
    checks: ["only-expected-failures", "pair-and-ledger-agree"],
    test: {
      file: "test/schedule/change-pair.test.ts",
      title: "a pair that missed the second write of a pause is put right when it is looked at",
    },
  },
  {
    name: "what puts a pair right names its mails after itself",
    rows: [1, 22],
    file: "functions/core/sync.ts",
    changes: [{ find: `id: act ?? toMs(at)`, put: `id: toMs(at)` }],
    checks: ["news-is-told-once"],
    test: {
      file: "test/core/sync.test.ts",
      title: "what puts a pair right names its mails by the act that the consent tells of",
    },
  },
  {
    name: "a mail goes to whoever holds the seat now",
    rows: [22],
    file: "functions/send/find-recipient.ts",
    changes: [
      {
        find: `[present, successor].find((person) => person?.holder === holder);`,
        put: `[present, successor].find((person) => person !== undefined && holder > 0);`,
      },
    ],
    checks: ["mail-finds-its-holder"],
    test: {
      file: "test/partner/hand-over.test.ts",
      title: "takes one address, reserves a number and invites; the seat stays whose it is",
    },
  },
  {
    name: "a bounce is not written down",
    rows: [15],
    file: "functions/feedback/settle-event.ts",
    changes: [
      {
        find: `const stored = await ports.ledger.suppress(own.address, ground, { at, lifted: false });
  return stored[ground]?.lifted === false ? own.address : undefined;`,
        put: `return at === "" || ground === undefined ? undefined : own.address;`,
      },
    ],
    checks: ["bounce-is-kept"],
    test: {
      file: "test/feedback/settle-event.test.ts",
      title: "START from the address lifts a bounce, but not a complaint: the seat stays empty",
    },
  },
  {
    name: "a stop that broke off half way is heard of by no pair",
    rows: [1, 16],
    file: "functions/schedule/lose-seats.ts",
    changes: [
      {
        find: `if (ground === undefined) return undefined;`,
        put: `if (ground === undefined || ground === "stop") return undefined;`,
      },
    ],
    checks: ["pair-and-ledger-agree"],
    test: {
      file: "test/schedule/change-pair.test.ts",
      title: "opens the seat when the pair is looked at a minute later",
    },
  },
  {
    name: "a pause lets a planned lesson through",
    rows: [16, 23],
    file: "functions/core/allowed.ts",
    changes: [
      {
        find: `return ANSWERS.includes(send.kind) ? "allowed" : "gone-for-now";`,
        put: `return "allowed";`,
      },
    ],
    checks: ["stop-is-kept"],
    test: {
      file: "test/core/allowed.test.ts",
      title: "a pause takes the seat's own mail back for now, but not what the person asks for",
    },
  },
  {
    name: "an earlier act undoes a later one",
    rows: [26],
    file: "functions/core/consent.ts",
    changes: [
      {
        find: `act.at < current.at && !isFirst && act.follows !== true`,
        put: `act.at === "" && !isFirst`,
      },
    ],
    checks: ["latest-act-holds"],
    test: {
      file: "test/core/consent.test.ts",
      title: "acts in any order: the latest by its own instant holds",
    },
  },
  {
    name: "one seat's pause is overlooked",
    rows: [16, 23],
    file: "functions/core/allowed.ts",
    changes: [
      {
        find: `isPairOnHold || isHeldByConsent(consents)`,
        put: `isPairOnHold && isHeldByConsent(consents)`,
      },
    ],
    checks: ["stop-is-kept"],
    test: {
      file: "test/core/allowed.test.ts",
      title: "the partner being paused holds the course although the row does not say so yet",
    },
  },
  {
    name: "an old START undoes a newer stop",
    rows: [26],
    file: "functions/core/consent.ts",
    changes: [{ find: `if (act.at < stored.at || (`, put: `if (act.at === "" || (` }],
    checks: ["latest-act-holds"],
    test: {
      file: "test/core/consent.test.ts",
      title: "each ground of a suppression stands and falls by its own latest act",
    },
  },
];
