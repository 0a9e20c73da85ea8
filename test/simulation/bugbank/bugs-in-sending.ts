import type { PlantedBug } from "./planted-bug.ts";

/** Claims, answers of SES, the second try: what keeps a mail from going out twice or never. */
export const BUGS_IN_SENDING: readonly PlantedBug[] = [
  {
    name: "a write forgets its condition",
    rows: [2, 7],
    file: "functions/adapters/optimistic.ts",
    changes: [
      {
        find: `(await table.put(row, stored?.version ?? "absent"))`,
        put: `(await table.put(row, (await table.get(key))?.version ?? "absent"))`,
      },
    ],
    checks: ["sent-at-most-once", "handed-under-own-claim", "events-end-alike"],
    test: { file: "test/adapters/interleavings.test.ts", title: "one consumer claims a send" },
  },
  {
    name: "a mail is marked as sent before it is sent",
    rows: [1, 3],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `const delivery = await ports.mailer.deliver(mail);`,
        put: `await change(ports, claimed, (stored) => acceptSend(stored, "", ports.clock.now()));
  const delivery = await ports.mailer.deliver(mail);`,
      },
    ],
    checks: ["marked-only-if-sent"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "goes out once and is written down as sent, with SES's id",
    },
  },
  {
    name: "a lost answer of SES is tried again at once",
    rows: [1, 4],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `unresolveSend(stored, ports.clock.now()),`,
        put: `postponeSend(stored, plusMinutes(ports.clock.now(), TRY_AGAIN_MINUTES)),`,
      },
    ],
    checks: ["sent-at-most-once"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "unknown: left unresolved for its grace, tried once more, then held",
    },
  },
  {
    name: "throttling counts as a lost answer",
    rows: [5],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `return postpone(ports, send, backOffUntil(send, ports.clock.now()), to);`,
        put: `await change(ports, send, (stored) => unresolveSend(stored, ports.clock.now()));
      return "unresolved";`,
      },
    ],
    checks: ["not-now-is-no-doubt"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "not now: planned again, twice as far ahead each time, as often as it takes",
    },
  },
  {
    name: "a running lease is ignored",
    rows: [2],
    file: "functions/core/send.ts",
    changes: [
      {
        find: `return hasLease(send, now) ? undefined : unresolveSend(send, now);`,
        put: `return claimSend({ ...send, state: "planned", dueAt: now }, owner, now);`,
      },
    ],
    checks: ["sent-at-most-once", "handed-under-own-claim"],
    test: {
      file: "test/core/send.test.ts",
      title: "a running lease is left alone; one that ran out is unresolved, not sent again",
    },
  },
  {
    name: "a lease that ran out is sent again at once",
    rows: [1],
    file: "functions/core/send.ts",
    changes: [
      {
        find: `undefined : unresolveSend(send, now);`,
        put: `undefined : claimSend({ ...send, state: "planned" }, owner, now);`,
      },
    ],
    checks: ["sent-at-most-once"],
    test: {
      file: "test/core/send.test.ts",
      title: "a running lease is left alone; one that ran out is unresolved, not sent again",
    },
  },
  {
    name: "the lease is shorter than a function's time",
    rows: [2, 8],
    file: "functions/core/send.ts",
    changes: [{ find: `export const LEASE_MS = 160_000;`, put: `export const LEASE_MS = 10_000;` }],
    checks: ["handed-under-own-claim"],
    test: {
      file: "test/core/send.test.ts",
      title:
        "the lease is longer than the sender's time, SES's time and two minutes of clock difference",
    },
  },
  {
    name: "a claimed mail is on no index, so nobody finds it after a crash",
    rows: [1],
    file: "functions/core/send.ts",
    changes: [
      {
        find: `claim: { owner, at: now, leaseUntil } };`,
        put: `claim: { owner, at: now, leaseUntil }, dueAt: undefined as unknown as Instant };`,
      },
    ],
    checks: ["every-key-ends", "planned-is-due", "nothing-is-stuck"],
    test: {
      file: "test/core/send.test.ts",
      title:
        "whatever happens to a send, it is either due some time or settled, never both and never neither",
    },
  },
  {
    name: "the grace of a lost answer is skipped",
    rows: [1, 3, 4],
    file: "functions/core/send.ts",
    changes: [{ find: `dueAt: graceEnd(send.kind, now),`, put: `dueAt: plusMinutes(now, 1),` }],
    checks: ["sent-at-most-once"],
    test: {
      file: "test/core/send.test.ts",
      title:
        "an unresolved lesson waits a day, a receipt a quarter of an hour, and then is tried once more",
    },
  },
  {
    name: "a mail whose answer was lost twice is tried a third time",
    rows: [1, 4],
    file: "functions/core/send.ts",
    changes: [{ find: `if (send.unresolved >= 1)`, put: `if (send.unresolved >= 9)` }],
    checks: ["two-tries-at-most"],
    test: {
      file: "test/core/send.test.ts",
      title: "the second unknown answer holds the mail for a person",
    },
  },
  {
    name: "the feedback queue is not asked before a second try",
    rows: [24],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `(stored?.unresolved ?? 0) === 0 || (await ports.feedbackQueue.isEmpty());`,
        put: `(stored?.unresolved ?? 0) >= 0;`,
      },
    ],
    checks: ["retried-only-when-caught-up"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "unknown is not tried again while events wait to be read",
    },
  },
  {
    name: "the answer of SES overwrites an event that came before it",
    rows: [3],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `isClaimedBy(stored, owner) ? next(stored) : undefined,`,
        put: `owner === "" ? undefined : next(stored),`,
      },
    ],
    checks: ["events-end-alike", "sent-at-most-once"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "an answer that comes after the lease ran out does not overwrite what happened since",
    },
  },
  {
    name: "an event lowers a state",
    rows: [3],
    file: "functions/core/send.ts",
    changes: [
      {
        find: `if (rank <= rankOf(send)) return undefined;`,
        put: `if (rank === rankOf(send)) return undefined;`,
      },
    ],
    checks: ["events-end-alike"],
    test: {
      file: "test/core/send.test.ts",
      title: "events in every order, each once or more, lead to the same state",
    },
  },
  {
    name: "a Send event settles nothing that is unresolved",
    rows: [1, 4],
    file: "functions/core/send.ts",
    changes: [
      {
        find: `if (rank <= rankOf(send)) return undefined;`,
        put: `if (rank <= rankOf(send) || send.state === "unresolved") return undefined;`,
      },
    ],
    checks: ["sent-at-most-once", "events-end-alike"],
    test: {
      file: "test/core/send.test.ts",
      title: "events in every order, each once or more, lead to the same state",
    },
  },
  {
    name: "a held mail is told of only after it is written",
    rows: [1, 14],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `const willBeHeld = next(claimed).state === "held";`,
        put: `const willBeHeld = false;`,
      },
      {
        find: `const willBeHeld = stored !== undefined && take(stored)?.state === "held";`,
        put: `const willBeHeld = false;`,
      },
      {
        find: `return taken?.state === "held" && !willBeHeld ? undefined : taken;`,
        put: `return taken;`,
      },
    ],
    checks: ["held-is-seen"],
    test: {
      file: "test/send/send-mail.test.ts",
      title:
        "a mail that will be held is told of before that is written, or nobody would look for it",
    },
  },
  {
    name: "a mail that cannot be written stops the sender",
    rows: [14],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `    return undefined;
  }
}

/** Moves the row on by the clock`,
        put: `    throw error;
  }
}

/** Moves the row on by the clock`,
      },
    ],
    checks: ["only-expected-failures"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "that cannot be written is held for a person; nothing goes out",
    },
  },
  {
    name: "the edition is taken when a mail is sent",
    rows: [12, 13],
    file: "functions/send/write-mail.ts",
    changes: [
      {
        find: `const compiled = await ports.courses.mail(course, send.edition, send.mail, send.locale);`,
        put: `const { edition } = await ports.courses.current(course);
  const compiled = await ports.courses.mail(course, edition, send.mail, send.locale);`,
      },
    ],
    checks: ["edition-is-fixed"],
    test: {
      file: "test/send/send-mail.test.ts",
      title: "goes out in the edition it was planned in, whatever was published since",
    },
  },
  {
    name: "the pace is not kept",
    rows: [5],
    file: "functions/send/send-mail.ts",
    changes: [
      {
        find: `return leasedAt > now ? leasedAt : undefined;`,
        put: `return leasedAt > plusMinutes(now, 60) ? leasedAt : undefined;`,
      },
    ],
    checks: ["pace-is-kept"],
    test: {
      file: "test/send/manners.test.ts",
      title: "puts a mail off to the instant the pacer gives, without asking SES",
    },
  },
  {
    name: "the distance between two items is not kept",
    rows: [6, 11],
    file: "functions/send/send-mail.ts",
    changes: [
      { find: `return turnAt ?? waitsForPace(ports);`, put: `return waitsForPace(ports);` },
    ],
    checks: ["items-keep-their-distance"],
    test: {
      file: "test/send/manners.test.ts",
      title: "of two items that are due at once one goes out, the other when the time is over",
    },
  },
  {
    name: "a seat's turn is looked at and not taken",
    rows: [6, 11],
    file: "functions/adapters/send-ledger.ts",
    changes: [
      {
        find: `      const takenAt = latest(at, lastAt ?? at);
      lastAt = undefined;
      return { item, at: takenAt };`,
        put: `      lastAt = undefined;
      return undefined;`,
      },
    ],
    checks: ["items-keep-their-distance"],
    test: {
      file: "test/send/manners.test.ts",
      title: "of two senders at once only one gets the seat's turn",
    },
  },
  {
    name: "quiet hours are ignored",
    rows: [6],
    file: "functions/send/send-mail.ts",
    changes: [{ find: `if (morning !== undefined) return morning;`, put: `` }],
    checks: ["quiet-hours-are-kept"],
    test: {
      file: "test/send/manners.test.ts",
      title: "keep course mail until seven in the morning of the pair's zone",
    },
  },
  {
    name: "a closed lane sends on",
    rows: [6],
    file: "functions/send/send-mail.ts",
    changes: [{ find: `if (laneAt !== undefined) return laneAt;`, put: `` }],
    checks: ["lanes-close"],
    test: {
      file: "test/send/closed-lane.test.ts",
      title: "mail of that lane stays planned, and SES is not asked",
    },
  },
  {
    name: "after an outage lessons come back hours later",
    rows: [6],
    file: "functions/core/breaker.ts",
    changes: [{ find: `bulk: 600_000,`, put: `bulk: 9_600_000,` }],
    checks: ["backlog-is-gone"],
    test: {
      file: "test/core/breaker.test.ts",
      title: "asks again within half a minute at first, and after hours within ten",
    },
  },
  {
    name: "course mail goes on through a storm of bounces",
    rows: [15],
    file: "functions/core/valve.ts",
    changes: [
      {
        find: `return state.shut !== undefined || isOutdated ? undefined : { ...state, shut: { at: now, why } };`,
        put: `return state.shut !== undefined || isOutdated || why !== undefined ? undefined : { ...state, shut: { at: now, why } };`,
      },
    ],
    checks: ["storm-pauses"],
    test: { file: "test/core/valve.test.ts", title: "shuts once and says since when" },
  },
  {
    name: "a sender does not look at the valve",
    rows: [15],
    file: "functions/send/watch-lane.ts",
    changes: [
      {
        find: `return shut && askAgainAt("valve", shut.at, ports.clock.now(), spreadOf(send));`,
        put: `return shut && shut.at === "" ? askAgainAt("valve", shut.at, ports.clock.now(), spreadOf(send)) : undefined;`,
      },
    ],
    checks: ["storm-pauses", "only-people-resume"],
    test: {
      file: "test/feedback/safety-valve.test.ts",
      title: "no lesson goes out any more, and all of them wait",
    },
  },
];
