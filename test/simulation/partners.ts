import { highestHolder } from "../../functions/core/consent.ts";
import { otherSeat, type Pair, SEATS, type SeatId } from "../../functions/core/pair.ts";
import type { Act } from "../../functions/core/plan.ts";
import { parseSendId, type SendKey, sendIdOf } from "../../functions/core/send.ts";
import type { WeakAct } from "../../functions/partner/press-button.ts";
import type { Ports, Row } from "../../functions/ports.ts";
import type { Code } from "./code.ts";
import type { Dice } from "./dice.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./faults.ts";
import { letterText } from "./letter-text.ts";
import type { Acceptance } from "./modelled-ses.ts";
import { type Cast, drawSlot, mirrored, type Person } from "./people.ts";
import type { Outcome } from "./processes.ts";
import { type ReplyOccasion, replyTo } from "./reply-texts.ts";
import type { World } from "./world.ts";

type HolderKey = SendKey & { readonly seat: SeatId };

/** A mail that somebody wrote to one of our reply addresses. */
export interface SentLetter {
  readonly messageId: string;
  readonly from: string;
  readonly answered: HolderKey;
  readonly body: string;
  readonly by: "holder" | "stranger" | "machine";
}

/** Something that a person set going, for the checks: who may have changed what. */
export interface Doing {
  readonly what:
    | "confirm"
    | "decline"
    | "stop"
    | "start"
    | "pause"
    | "resume"
    | "slot"
    | "erase"
    | "name-successor"
    | "reply"
    | "end";
  readonly owner: string;
  readonly seat: SeatId;
  readonly holder: number;
  readonly atMs: number;
  outcome?: Outcome;
}

export interface Partners {
  readonly letters: readonly SentLetter[];
  readonly doings: readonly Doing[];
}

/** Sets everybody going: they sign up, read, answer, press and change their minds. */
export function startPartners(world: World, cast: Cast, dice: Dice): Partners {
  const letters: SentLetter[] = [];
  const doings: Doing[] = [];
  /** Invitations that are answered when it is nearly too late. */
  const late = new Set<string>();
  const { timeline } = world;
  const later = (ms: number, happen: () => void) => {
    timeline.at(timeline.nowMs() + ms, () => {
      if (world.isBadTime()) happen();
    });
  };

  /** One request to a page. Whoever sees an error page mostly tries again. */
  function request(
    name: string,
    work: (code: Code, ports: Ports) => Promise<unknown>,
    doing?: Doing,
    tries = 1,
  ): void {
    world.processes.spawn(
      name,
      () => work(world.code(), world.ports),
      (outcome) => {
        if (doing !== undefined && doing.outcome !== "done") doing.outcome = outcome;
        if (outcome === "done" || tries > 3 || !dice.chance(0.8)) return;
        later(dice.between(5_000, 5 * MINUTE_MS), () => request(name, work, doing, tries + 1));
      },
    );
  }

  function doing(what: Doing["what"], key: HolderKey): Doing {
    const made: Doing = {
      what,
      owner: key.owner,
      seat: key.seat,
      holder: key.holder,
      atMs: timeline.nowMs(),
    };
    doings.push(made);
    return made;
  }

  const actOf = (ports: Ports, ...parts: readonly string[]): Act => ({
    at: ports.clock.now(),
    id: ports.signer.hash(...parts).slice(0, 16),
  });

  function write(person: Person, key: HolderKey, occasion: ReplyOccasion): void {
    const isStranger = dice.chance(0.05);
    const from = isStranger ? cast.stranger() : person.address;
    send(from, key, replyTo(occasion, dice), isStranger ? "stranger" : "holder");
  }

  function send(from: string, key: HolderKey, body: string, by: SentLetter["by"]): void {
    const messageId = `m${letters.length + 1}@mail.example`;
    letters.push({ messageId, from, answered: key, body, by });
    doing("reply", key);
    const to = `${world.signer().replyLocalPart(key)}@${world.settings.replyDomain}`;
    const marked = by === "machine" && cast.person(from)?.autoReply === "marked";
    const raw = letterText({ from, to, messageId, body, marked, atMs: timeline.nowMs() });
    world.inbound.receive({ from, to, raw });
    // The same mail through To and Cc, or sent again by a server that missed our answer.
    if (dice.chance(0.05))
      later(dice.between(0, HOUR_MS), () => world.inbound.receive({ from, to, raw }));
  }

  function readMail(person: Person, acceptance: Acceptance): void {
    const key = parseSendId(acceptance.sendId);
    if (key === undefined || key.seat === "coordinator") return;
    const holder: HolderKey = { ...key, seat: key.seat };
    if (person.autoReply !== "none") {
      later(dice.between(1_000, 60_000), () =>
        send(person.address, holder, "I am out of the office until Monday.", "machine"),
      );
    }
    later(thinkMs(dice), () => react(person, holder, acceptance));
  }

  function react(person: Person, key: HolderKey, { kind }: Acceptance): void {
    const isAsked = kind === "invitation" || kind === "reminder";
    const isPlain = kind === "notice" || kind === "sign-in" || kind === "welcome";
    if (isAsked && !person.answersLast) answerInvitation(person, key);
    else if (isAsked) return;
    else if (key.item.startsWith("notice-was-it-you")) owUp(key);
    else if (key.item.startsWith("notice-hold-question")) write(person, key, "hold");
    else if (key.item.startsWith("notice-restart")) write(person, key, "paused");
    else if (kind === "receipt") answerReceipt(person, key);
    else if (!isPlain && dice.chance(person.diligence)) write(person, key, "course");
    else if (!isPlain && dice.chance(0.12)) pressLink(key);
  }

  function owUp(key: HolderKey): void {
    if (!dice.chance(0.6)) return;
    request("http.was-it-you", (code, ports) => code.acceptAddress(ports, weak(key)));
  }

  function answerInvitation(person: Person, key: HolderKey): void {
    const dicePoint = dice.next();
    if (dicePoint < 0.1) return;
    if (dicePoint < 0.16) {
      const declined = doing("decline", key);
      request(
        "http.decline",
        (code, ports) => code.declineInvitation(ports, key, actOf(ports, "decline", key.owner)),
        declined,
      );
      return;
    }
    if (dicePoint < 0.25) {
      doing("confirm", key);
      send(person.address, key, "YES", "holder");
      return;
    }
    sayYes(key);
  }

  function sayYes(key: HolderKey): void {
    doing("confirm", key);
    const confirm = (code: Code, ports: Ports) =>
      code.acceptInvitation(ports, key, actOf(ports, "confirm", sendIdOf(key)));
    request("http.confirm", confirm);
    if (dice.chance(0.1)) request("http.confirm", confirm);
  }

  function answerReceipt(person: Person, key: HolderKey): void {
    const point = dice.next();
    if (point < 0.1) write(person, key, "receipt");
    else if (point < 0.15) {
      request("http.undo", (code, ports) => code.undoReceipt(ports, weak(key)));
    } else if (point < 0.25) {
      request("http.guess", (code, ports) => code.logGuess(ports, weak(key), 0));
    }
  }

  function pressLink(key: HolderKey): void {
    const what = dice.pick<WeakAct>(["later", "later", "pause", "pause", "stop"]);
    const made = what === "later" ? undefined : doing(what === "stop" ? "stop" : "pause", key);
    request(`http.${what}`, (code, ports) => code.pressControl(ports, weak(key), what), made);
    if (what === "pause") comeBackLater(key);
    if (what === "stop" && dice.chance(0.6)) startLater(key);
  }

  function comeBackLater(key: HolderKey): void {
    later(dice.between(HOUR_MS, 20 * DAY_MS), () => {
      const made = doing("resume", key);
      const resume = (code: Code, ports: Ports) =>
        code.actOnOwnPage(ports, holderOf(key), { kind: "resume" });
      request("http.resume", resume, made);
    });
  }

  function startLater(key: HolderKey): void {
    later(dice.between(MINUTE_MS, 15 * DAY_MS), () => {
      doing("start", key);
      const person = personOf(key);
      if (person !== undefined) send(person, key, "START", "holder");
    });
  }

  /** Whoever holds that number, by what the pair's row says now. */
  function personOf({ owner, seat, holder }: HolderKey): string | undefined {
    const pair = pairOf(world, owner);
    return pair?.seats[seat].holder === holder && pair.seats[seat].email !== ""
      ? pair.seats[seat].email
      : undefined;
  }

  /** What a signed-in partner does on their own page, out of nothing. */
  function actByThemselves(owner: string): void {
    const pair = pairOf(world, owner);
    if (pair === undefined || pair.state.kind === "pending" || pair.state.kind === "ended") return;
    const seat: SeatId = dice.pick(["sp", "le"]);
    const key: HolderKey = { owner, item: "welcome", seat, holder: pair.seats[seat].holder };
    const point = dice.next();
    if (point < 0.25) {
      const slot = drawSlot(dice);
      const change = (code: Code, ports: Ports) =>
        code.actOnOwnPage(ports, holderOf(key), { kind: "slot", slot });
      request("http.slot", change, doing("slot", key));
    } else if (point < 0.6) {
      const weeks = dice.chance(0.5) ? { weeks: dice.between(1, 4) } : {};
      const pause = (code: Code, ports: Ports) =>
        code.actOnOwnPage(ports, holderOf(key), { kind: "pause", ...weeks });
      request("http.pause", pause, doing("pause", key));
      comeBackLater(key);
    } else if (point < 0.75) {
      const stop = (code: Code, ports: Ports) =>
        code.actOnOwnPage(ports, holderOf(key), { kind: "stop" });
      request("http.stop", stop, doing("stop", key));
      if (dice.chance(0.6)) startLater(key);
    } else if (point < 0.95) {
      handOver(key);
    } else {
      request(
        "http.erase",
        (code, ports) => code.eraseHolderOf(ports, holderOf(key)),
        doing("erase", key),
      );
    }
  }

  /** Somebody changes their mind, and back, in the very seconds in which their lesson goes out. */
  function actWhileMailGoesOut(owner: string): void {
    const seat: SeatId = dice.pick(["sp", "le"]);
    const { holder = 0 } = pairOf(world, owner)?.seats[seat] ?? {};
    const key: HolderKey = { owner, item: "welcome", seat, holder };
    const act = (what: "pause" | "resume" | "stop") => () =>
      request(
        `http.${what}`,
        (code, ports) => code.actOnOwnPage(ports, holderOf(key), { kind: what }),
        doing(what, key),
      );
    if (dice.chance(0.3)) later(dice.between(0, 1_500), act("stop"));
    else {
      const pausedMs = dice.between(0, 1_500);
      later(pausedMs, act("pause"));
      later(pausedMs + dice.between(20, 600), act("resume"));
    }
  }

  /** Some people say yes in the very seconds in which their time to answer is over. */
  function answerAtTheEnd(owner: string): void {
    const pair = pairOf(world, owner);
    if (pair?.state.kind !== "pending" || pair.state.waitsFor === "approval") return;
    if (Date.parse(pair.timers.expiry?.at ?? "") > timeline.nowMs()) return;
    const seat = pair.state.waitsFor === "signer" ? pair.signer : otherSeat(pair.signer);
    const { email, holder } = pair.seats[seat];
    const key: HolderKey = { owner, item: "invitation", seat, holder };
    if (cast.person(email)?.answersLast !== true || late.has(sendIdOf(key))) return;
    late.add(sendIdOf(key));
    later(dice.between(0, 1_500), () => sayYes(key));
  }

  /** Whoever has left a seat may still write, in answer to a mail of their time. */
  function writeOnceMore(before: Pair, after: Pair): void {
    for (const seat of SEATS) {
      const { holder, email } = before.seats[seat];
      if (after.seats[seat].holder === holder || !dice.chance(0.5)) continue;
      const key: HolderKey = { owner: before.id, item: "welcome", seat, holder };
      const words = dice.pick(["PAUSE", "STOP", "DONE"]);
      later(dice.between(MINUTE_MS, 3 * DAY_MS), () => send(email, key, words, "holder"));
    }
  }

  function handOver(key: HolderKey): void {
    const { name, address: email, agency } = cast.hire();
    request(
      "http.hand-over",
      (code, ports) => {
        const act = actOf(ports, "successor", key.owner, email);
        return code.changePair(ports, key.owner, async (stored) => {
          if (stored.seats[key.seat].holder !== key.holder) return undefined;
          const taken = highestHolder(await ports.ledger.consents(key.owner), key.seat, act);
          return code.nameSuccessor(stored, key.seat, { name, email, agency }, act, taken);
        });
      },
      doing("name-successor", key),
    );
  }

  function readAsCoordinator({ sendId }: Acceptance): void {
    const key = parseSendId(sendId);
    if (key === undefined || !key.item.startsWith("notice-approval")) return;
    const { cohort } = pairOf(world, key.owner) ?? { cohort: "reviewed" };
    const answer = dice.chance(0.85) ? "approve" : "decline";
    later(thinkMs(dice), () =>
      request("http.approve", (code, ports) =>
        code.answerApproval(ports, cohort, key.owner, answer),
      ),
    );
  }

  for (const couple of cast.couples) {
    const signUp = (form: typeof couple.signUp) =>
      request("http.enroll", (code, ports) => code.enrollPair(ports, form, "192.0.2.7"));
    timeline.at(couple.atMs, () => {
      signUp(couple.signUp);
      if (couple.again === "twice") signUp(couple.signUp);
      if (couple.again === "mirrored")
        later(dice.between(0, 5_000), () => signUp(mirrored(couple)));
    });
  }
  const known = new Set<string>();
  world.watch({
    delivered(acceptance) {
      const person = cast.person(acceptance.to);
      if (acceptance.seat === "coordinator") readAsCoordinator(acceptance);
      else if (person !== undefined) readMail(person, acceptance);
    },
    queued(message) {
      if (message.queue === "due") answerAtTheEnd(message.pairId);
    },
    written({ before, after }) {
      if (isLessonPlanned(before, after) && dice.chance(0.05)) {
        actWhileMailGoesOut(String(after?.id));
      }
      if (after?.sk !== "PAIR") return;
      if (before !== undefined) writeOnceMore(before as unknown as Pair, after as unknown as Pair);
      if (known.has(after.pk)) return;
      known.add(after.pk);
      const spanMs = world.calmMs - timeline.nowMs();
      const count = dice.between(0, Math.ceil(spanMs / (20 * DAY_MS)));
      for (let act = 0; act < count; act += 1) {
        later(dice.between(0, spanMs), () => actByThemselves(after.pk.slice("PAIR#".length)));
      }
    },
  });
  return { letters, doings };
}

export function pairOf(world: World, owner: string): Pair | undefined {
  return world.pairs.get({ pk: `PAIR#${owner}`, sk: "PAIR" }) as unknown as Pair | undefined;
}

function isLessonPlanned(before: Row | undefined, after: Row | undefined): boolean {
  if (before?.sk !== "PAIR" || after === undefined) return false;
  const [was, is] = [before.lessons, after.lessons] as readonly (readonly unknown[])[];
  return (is?.length ?? 0) > (was?.length ?? 0);
}

function holderOf({ owner, seat, holder }: HolderKey) {
  return { pairId: owner, seat, holder };
}

function weak({ owner, item, seat, holder }: HolderKey) {
  return { purpose: "weak", owner, item, seat, holder, expires: 4_000_000_000 } as const;
}

/** At once, within the hour, or days later. */
function thinkMs(dice: Dice): number {
  return dice.pick([
    dice.between(0, 2_000),
    dice.between(0, 10 * MINUTE_MS),
    dice.between(0, 5 * HOUR_MS),
    dice.between(0, 3 * DAY_MS),
  ]);
}
