import { asCompiledMail } from "../../emails/render.ts";
import { MAIL_KINDS } from "../core/course.ts";
import { type Instant, plusDays } from "../core/instant.ts";
import { newSeat } from "../core/life.ts";
import { type Pair, SEATS, type SeatId } from "../core/pair.ts";
import type { Addressee, Facts, Send } from "../core/send.ts";
import type { OutboundMail, Ports } from "../ports.ts";
import { composeMail, type MailEnvelope, type RenderedMail } from "./compose-mail.ts";
import type { AddressedSend } from "./find-recipient.ts";
import { DEFAULT_COURSE, draftMail, type WriteMailPorts } from "./write-mail.ts";

export type SampleMailPorts = WriteMailPorts & Pick<Ports, "clock">;

/** A mail as some seat would get it, with invented people and facts. */
export interface SampleMail {
  readonly rendered: RenderedMail;
  readonly envelope: MailEnvelope;
  readonly tags: Readonly<Record<string, string>>;
}

/** What goes to coordinators; all other mail goes to a seat. */
export const FOR_COORDINATORS =
  /^(?:sign-in-coordinator|notice-(?:approval.*|help-asked|handover|seat-check|declined-successor|hold-question-coordinator))$/;

/**
 * Any mail of the current edition for a pair that there is not. Its links and its reply address are signed
 * for that pair and lead to "this is over": trying them out changes nothing.
 *
 * @returns undefined when the edition has no such mail
 */
export async function sampleMail(
  ports: SampleMailPorts,
  mail: string,
  seat: SeatId,
): Promise<SampleMail | undefined> {
  const { edition } = await ports.courses.current(DEFAULT_COURSE);
  const compiled = await readCompiled(ports, edition, mail);
  if (compiled === undefined) return undefined;
  const kind = MAIL_KINDS.find((name) => name === compiled.kind) ?? "notice";
  const now = ports.clock.now();
  const to: Addressee = FOR_COORDINATORS.test(mail) ? "coordinator" : seat;
  const send: Send = {
    owner: mail === "sign-in-coordinator" ? `cohort-${firstCohort(ports)}` : PAIR_ID,
    item: kind === "lesson" ? mail : itemOf(kind, mail),
    seat: to,
    holder: 1,
    ...{ kind, mail, edition, locale: "en", facts: factsAt(now) },
    plannedAt: now,
    plannedFor: now,
    state: "claimed",
    unresolved: 0,
    version: 1,
  };
  const draft = await draftMail(ports, addressed(ports, send, seat, now));
  return { ...draft, tags: { kind, seat: to } };
}

/** The sample, said to be one in its subject, to an address of whoever tries it out. */
export function composeSample(sample: SampleMail, to: string): OutboundMail {
  const { rendered, envelope, tags } = sample;
  const raw = composeMail(
    { ...rendered, subject: `Test: ${rendered.subject}` },
    { ...envelope, to: { name: "", address: to } },
  );
  // No `send` tag: what SES reports of it belongs to no pair.
  return { sendId: "test", to, raw, tags };
}

async function readCompiled(ports: SampleMailPorts, edition: string, mail: string) {
  try {
    return asCompiledMail((await ports.courses.mail(DEFAULT_COURSE, edition, mail, "en")).content);
  } catch {
    return undefined;
  }
}

/** Sixteen characters as an id has them, and no id of any pair: those come from 80 random bits. */
const PAIR_ID = "samplesamplesamp";

function itemOf(kind: Send["kind"], mail: string): string {
  if (mail.startsWith("nudge")) return "nudge-03";
  return `${kind}-0000000000000001`;
}

function factsAt(now: Instant): Facts {
  const day = now.slice(0, 10);
  return {
    logged: [{ kind: "meet-informally", on: day, assumed: true }],
    guesses: [
      { kind: "intro-call", on: day },
      { kind: "meet-informally", on: day },
    ],
    recheck: "intro-call",
    until: plusDays(now, 14).slice(0, 10),
    days: 7,
    withMeet: true,
    about: "le",
  };
}

function addressed(ports: SampleMailPorts, send: Send, seat: SeatId, now: Instant): AddressedSend {
  const pair = samplePair(ports, now);
  const { name, email, agency } = pair.seats[seat];
  const person =
    send.seat === "coordinator" ? { name: "", email, agency: "" } : { name, email, agency };
  return { send, ...person, ...(send.owner === PAIR_ID ? { pair } : {}) };
}

function samplePair(ports: SampleMailPorts, now: Instant): Pair {
  const startedAt = plusDays(now, -21);
  const sp = newSeat("Dana Reyes", "dana.reyes@harbor-light.example", "Harbor Light Services");
  const le = newSeat("Sam Ortiz", "sam.ortiz@riverton-police.example", "Riverton Police");
  const present = { kind: "present", since: startedAt } as const;
  return {
    id: PAIR_ID,
    cohort: firstCohort(ports),
    course: DEFAULT_COURSE,
    locale: "en",
    createdAt: startedAt,
    signer: SEATS[0],
    state: { kind: "active", startedAt },
    slot: ports.settings.defaultSlot,
    seats: { sp: { ...sp, state: present }, le: { ...le, state: present } },
    lessons: [],
    timers: {},
    rounds: { meetAnswered: 0, checkInAnswered: 0 },
    version: 0,
  };
}

function firstCohort({ settings }: SampleMailPorts): string {
  return Object.keys(settings.cohorts)[0] ?? "";
}
