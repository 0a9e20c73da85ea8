import type { SignUp } from "../../functions/core/enrollment.ts";
import { otherSeat, type Role, type SeatId, seatOfRole } from "../../functions/core/pair.ts";
import type { Slot } from "../../functions/core/slot.ts";
import type { Dice } from "./dice.ts";
import { DAY_MS, type Faults, isIn } from "./faults.ts";
import type { Fate } from "./modelled-ses.ts";

/** A partner, and how they take what comes. */
export interface Person {
  readonly address: string;
  readonly name: string;
  readonly agency: string;
  /** Chance that they answer a mail at all. */
  readonly diligence: number;
  /** Answers every mail by machine: marked as the standards ask, or looking like a person's. */
  readonly autoReply: "none" | "marked" | "unmarked";
  /** From here on their address refuses everything. */
  readonly goneFromMs: number;
  readonly softBounces: number;
  /** Says yes only when their time to answer is over. */
  readonly answersLast: boolean;
}

/** Two people who are to sign up, and when. */
export interface Couple {
  readonly signUp: SignUp;
  readonly atMs: number;
  /** The same two sign up once more, the other way round or by pressing twice. */
  readonly again: "none" | "twice" | "mirrored";
}

/** Everybody in one run. */
export interface Cast {
  readonly couples: readonly Couple[];
  person(address: string): Person | undefined;
  /** Somebody new, to take over a seat. */
  hire(): Person;
  /** Somebody who got a mail forwarded and writes from their own address. */
  stranger(): string;
  fateOf(to: string, kind: string, nowMs: number): Fate;
}

const ZONES = [
  "America/New_York",
  "America/Chicago",
  "America/Phoenix",
  "America/Los_Angeles",
  "Pacific/Honolulu",
  "Africa/Cairo", // its clocks change at midnight before a working day
  "Australia/Lord_Howe", // by half an hour
] as const;
const TIMES = ["10:00", "08:30", "16:45", "10:00", "00:15", "06:00", "23:30"] as const;

export function createCast(
  dice: Dice,
  faults: Faults,
  { pairs, slot }: { readonly pairs: number; readonly slot?: Slot },
  times: { readonly startMs: number; readonly calmMs: number },
): Cast {
  const people = new Map<string, Person>();
  let strangers = 0;

  function hire(): Person {
    const number = people.size + 1;
    const person: Person = {
      address: `p${number}@agency${number % 3}.example`,
      name: `Person ${number}`,
      agency: `Agency ${number % 3}`,
      diligence: dice.pick([0.1, 0.4, 0.7]),
      autoReply: dice.chance(0.08) ? dice.pick(["marked", "unmarked"]) : "none",
      goneFromMs: dice.chance(0.1)
        ? dice.between(times.startMs, times.calmMs)
        : Number.POSITIVE_INFINITY,
      softBounces: dice.chance(0.1) ? 0.3 : 0,
      answersLast: dice.chance(0.05),
    };
    people.set(person.address, person);
    return person;
  }

  const couples = Array.from({ length: pairs }, (_, index): Couple => {
    const known = [...people.values()];
    const one = index > 0 && dice.chance(0.2) ? (known[0] ?? hire()) : hire();
    const other = hire();
    const role: Role = dice.pick(["service_provider", "law_enforcement"]);
    return {
      signUp: {
        role,
        ...{ name: one.name, email: one.address, agency: one.agency },
        ...{ partnerName: other.name, partnerEmail: other.address, partnerAgency: other.agency },
        slot: slot ?? drawSlot(dice),
        cohort: dice.chance(0.2) ? "reviewed" : "demo",
      },
      atMs: times.startMs + dice.between(0, index * DAY_MS),
      again: dice.chance(0.2) ? dice.pick(["twice", "mirrored"]) : "none",
    };
  });

  return {
    couples,
    hire,
    person: (address) => people.get(address),
    stranger: () => {
      strangers += 1;
      return `stranger${strangers}@elsewhere.example`;
    },
    fateOf(to, _, nowMs) {
      const person = people.get(to);
      if (person === undefined) return "delivered";
      if (isIn(faults.storm, nowMs) && dice.chance(faults.storm?.share ?? 0)) {
        return dice.pick(["hard-bounce", "complaint"]);
      }
      if (nowMs >= times.calmMs) return "delivered";
      if (nowMs >= person.goneFromMs) return "hard-bounce";
      if (dice.chance(person.softBounces)) return "soft-bounce";
      return dice.chance(0.002) ? "complaint" : "delivered";
    },
  };
}

export function drawSlot(dice: Dice): Slot {
  return {
    weekday: dice.between(1, 5),
    time: dice.pick([...TIMES]),
    timeZone: dice.pick([...ZONES]),
  };
}

/** The same sign-up as the partner would fill it in. */
export function mirrored({ signUp }: Couple): SignUp {
  const seat: SeatId = otherSeat(seatOfRole(signUp.role));
  return {
    ...signUp,
    role: seat === "sp" ? "service_provider" : "law_enforcement",
    ...{ name: signUp.partnerName, email: signUp.partnerEmail, agency: signUp.partnerAgency },
    ...{ partnerName: signUp.name, partnerEmail: signUp.email, partnerAgency: signUp.agency },
  };
}
