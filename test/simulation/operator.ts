import { resumeSending } from "../../functions/coordinator/resume-sending.ts";
import type { Row } from "../../functions/ports.ts";
import type { CompiledCourse } from "../../functions/publish/publish-course.ts";
import type { Dice } from "./dice.ts";
import { DAY_MS, HOUR_MS, isIn } from "./faults.ts";
import { pairOf } from "./partners.ts";
import { tinyEdition } from "./tiny-course.ts";
import type { World } from "./world.ts";

/** Whoever deploys, publishes, restores and clears up; and the accidents that need clearing up. */
export function startOperator(world: World, dice: Dice): void {
  const { timeline, faults } = world;
  let edition = 0;

  /** Done again until it worked, as a deployment is. */
  function publish(): void {
    world.processes.spawn(
      "publish",
      () => world.code().publishCourse(world.ports, tinyEdition(edition)),
      (outcome) => {
        if (outcome !== "done") timeline.at(timeline.nowMs() + 60_000, publish);
      },
    );
  }

  const { editionMs, redeployMs, poisonMs, restore, zoneChangeMs } = faults;
  for (const ms of editionMs) {
    timeline.at(ms, () => {
      edition += 1;
      publish();
    });
  }
  // A deployment rotates no keys by itself; both change what processes under way take for granted.
  for (const ms of redeployMs) {
    timeline.at(ms, () => {
      world.rotateKeys();
      edition += 1;
      publish();
    });
  }
  for (const ms of poisonMs) timeline.at(ms, () => poison(world, dice));
  if (zoneChangeMs !== undefined) timeline.at(zoneChangeMs, () => moveZone(world));
  if (restore !== undefined) {
    timeline.at(restore.backupMs, () => {
      const backup = world.pairs.snapshot();
      timeline.at(restore.restoreMs, () => {
        world.history.note(timeline.nowMs(), "the pairs' table is restored");
        world.pairs.restore(backup);
        publish();
      });
    });
  }
  clearDeadLetters(world);
  resumeAfterPause(world, dice);
}

/** Some hours after course mail was paused, or more than a week, a person lets it go out again; done again until it worked. */
function resumeAfterPause({ timeline, processes, ports, watch }: World, dice: Dice): void {
  const resume = () => {
    processes.spawn(
      "resume",
      () => resumeSending(ports),
      (outcome) => {
        if (outcome !== "done") timeline.at(timeline.nowMs() + 60_000, resume);
      },
    );
  };
  watch({
    logged: (_, event) => {
      if (event === "feedback.paused") {
        timeline.at(timeline.nowMs() + dice.pick(RESUME_MS), resume);
      }
    },
  });
}

const RESUME_MS: [number, number] = [8 * HOUR_MS, 8 * DAY_MS];

/** The edition that everything starts with, put there by a deployment before the first sign-up. */
export function publishFirst(world: World): void {
  firstRows ??= rowsOf(tinyEdition(0));
  for (const row of firstRows) world.pairs.put(row, "absent");
}

let firstRows: readonly Row[] | undefined;

function rowsOf({ outline, mails }: CompiledCourse): readonly Row[] {
  const pk = `COURSE#${outline.slug}`;
  const rows = mails.map(({ mail, locale, content }) => {
    const sk = `EDITION#${outline.edition}#${mail}#${locale}`;
    return { pk, sk, version: 1, mail, locale, content: JSON.stringify(content) };
  });
  return [...rows, { pk, sk: "CURRENT", version: 1, ...outline }];
}

/** Each six hours a person looks at the dead letters, throws away what nobody can read, puts back the rest. */
function clearDeadLetters(world: World): void {
  const { timeline, faults, sqs } = world;
  const look = () => {
    const isMended = !isIn(faults.feedbackStuck, timeline.nowMs());
    if (isMended) sqs.redrive(({ body }) => !body.includes("poison"));
  };
  world.watch({
    dead: () => timeline.at(timeline.nowMs() + 6 * HOUR_MS, look),
  });
  // What died while the cause was not mended yet is looked at again.
  if (faults.feedbackStuck !== undefined) {
    timeline.at(faults.feedbackStuck.untilMs + HOUR_MS, look);
  }
}

/** Things that no step can do anything with. */
function poison(world: World, dice: Dice): void {
  const pairs = [...world.pairs.rows()].filter(({ sk }) => sk === "PAIR");
  const pair = pairs[dice.between(0, Math.max(0, pairs.length - 1))];
  const owner = pair === undefined ? "nobody" : pair.pk.slice("PAIR#".length);
  switch (dice.between(0, 3)) {
    case 0:
      world.sqs.send("feedback", { poison: true });
      break;
    case 1:
      world.sqs.send(dice.pick(["due", "fast", "bulk"]), { poison: true });
      break;
    case 2:
      world.inbound.receive({
        from: "",
        to: `r-poison@${world.settings.replyDomain}`,
        raw: `From: =?utf-8?B?////\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x`,
      });
      break;
    case 3:
      putPoisonSend(world, owner);
      break;
  }
}

/** A planned mail whose content exists in no edition. */
function putPoisonSend(world: World, owner: string): void {
  const pair = pairOf(world, owner);
  const current = world.pairs.get({ pk: "COURSE#partner-tips", sk: "CURRENT" });
  const like = world.ledger.query(`PAIR#${owner}`, "SEND#")[0];
  if (pair?.state.kind !== "active" || like === undefined || current === undefined) return;
  const at = new Date(world.timeline.nowMs()).toISOString();
  world.ledger.put(
    {
      pk: like.pk,
      sk: "SEND#meet-poison#sp1",
      version: 0,
      owner,
      item: "meet-poison",
      seat: "sp",
      holder: 1,
      kind: "meet",
      mail: "meet-poison",
      edition: String(current.edition),
      locale: "en",
      facts: {},
      plannedAt: at,
      plannedFor: at,
      state: "planned",
      unresolved: 0,
      dueAt: at,
      dueShard: "0",
    },
    "absent",
  );
}

/**
 * A country moves its clocks at short notice: for every pair the wall time of its slot is another
 * instant from now on, while its timers still stand at the old one.
 */
function moveZone(world: World): void {
  for (const row of [...world.pairs.rows()]) {
    if (row.sk !== "PAIR") continue;
    const slot = row.slot as { readonly timeZone: string };
    const moved = {
      ...row,
      version: row.version + 1,
      slot: { ...slot, timeZone: "America/Regina" },
    };
    world.pairs.put(moved, row.version);
  }
}
