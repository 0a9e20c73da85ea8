import type { Site } from "../../functions/adapters/page-frame.tsx";
import type { InvitationView } from "../../functions/confirm/page.tsx";
import type { ApprovalView } from "../../functions/coordinator/approval-page.tsx";
import type { RosterView } from "../../functions/coordinator/page.tsx";
import type { PairView } from "../../functions/coordinator/pair-page.tsx";
import type { PartnerView } from "../../functions/partner/page.tsx";

export const site: Site = {
  helpEmail: "coordinator@county.example",
  sender: "hello@common-ground.example",
};

const slot = { weekday: 2, time: "10:00", timeZone: "America/New_York" };
export const offer = { cohorts: ["demo"], defaultSlot: slot };

/** A filled-in form, with one name as long as they come. */
export const filledIn = {
  cohort: "demo",
  role: "service_provider",
  name: "Ana María Ñúñez-O'Neil",
  email: "ana@harbor.example",
  agency: "Riverbend & Bay Crisis Center",
  partner_name: "Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstone",
  partner_email: "a.very.long.mailbox.name.that.goes.on.and.on@police.springfield.example",
  partner_agency: "Springfield Police Department",
  weekday: "2",
  time: "10:00",
  time_zone: "America/New_York",
} as const;

const ana = {
  name: filledIn.name,
  email: filledIn.email,
  agency: filledIn.agency,
  role: "service_provider",
} as const;
const max = {
  name: filledIn.partner_name,
  email: filledIn.partner_email,
  agency: filledIn.partner_agency,
  role: "law_enforcement",
} as const;

export const token = "k1.c29tZS1jbGFpbXM.bm90LWEtcmVhbC1zaWduYXR1cmU";
export const invitation: InvitationView = { token, reader: "partner", you: max, other: ana, slot };

export const partnerView: PartnerView = {
  you: ana,
  partner: max,
  standing: { kind: "running" },
  nextLesson: { week: 4, on: "2026-03-03" },
  lessons: { sent: 3, total: 11 },
  slot,
  log: [
    { what: "Coffee", on: "2026-02-26", by: "partner" },
    { what: "Two short lists", on: "2026-02-18", by: "you" },
    { what: "A 15-minute call", on: "2026-02-11", by: "you" },
  ],
  agreement: { state: "in-force", reviewOn: "2027-02-02" },
};

export const freshPartnerView: PartnerView = {
  you: ana,
  standing: { kind: "on-hold" },
  lessons: { sent: 0, total: 11 },
  slot: { ...slot, timeZone: "US/Eastern" },
  log: [],
  agreement: { state: "undecided" },
};

const lessons = { sent: 3, total: 11 };
export const rosterView: RosterView = {
  cohort: "Riverbend County",
  approvals: [{ pairId: "aaaabbbbccccdddd", people: [ana, max], signedUpOn: "2026-02-27" }],
  pairs: [
    {
      pairId: "eeeeffffgggghhhh",
      people: [ana, max],
      standing: { kind: "running" },
      lessons,
      lastActionOn: "2026-02-26",
      pace: "moving",
    },
    {
      pairId: "iiiijjjjkkkkllll",
      people: [ana, max],
      standing: { kind: "running" },
      lessons: { sent: 8, total: 11 },
      pace: "stalled",
    },
    {
      pairId: "mmmmnnnnoooopppp",
      people: [ana],
      standing: { kind: "on-hold", since: "2026-02-01" },
      lessons,
      lastActionOn: "2026-01-26",
    },
    {
      pairId: "qqqqrrrrsssstttt",
      people: [],
      standing: { kind: "ended" },
      lessons: { sent: 11, total: 11 },
      lastActionOn: "2025-10-01",
    },
    {
      pairId: "uuuuvvvvwwwwxxxx",
      people: [max, ana],
      standing: { kind: "waiting", waitsFor: "partner" },
      lessons: { sent: 0, total: 11 },
    },
  ],
};

export const approvalView: ApprovalView = {
  pairId: "aaaabbbbccccdddd",
  signer: ana,
  partner: max,
  signedUpOn: "2026-02-27",
  reason: "unlisted-domain",
};

export const pairView: PairView = {
  pairId: "abcdefgh234567ab",
  people: [
    { ...ana, seat: "sp", isLost: false },
    { ...max, seat: "le", isLost: true },
  ],
  standing: { kind: "running" },
  pace: "stalled",
  lessons,
  slot,
  agreement: { state: "drafting" },
  slips: 2,
  log: [
    { kind: "tension-preview", what: "Two things to plan for", on: "2026-02-27" },
    { kind: "meet-informally", what: "Coffee", on: "2026-02-26" },
    { kind: "repair-conversation", what: "A quick reset", on: "2026-02-25" },
  ],
  sends: [
    { kind: "lesson", week: 3, to: "law_enforcement", state: "bounced", on: "2026-02-24" },
    { kind: "lesson", week: 3, to: "service_provider", state: "delivered", on: "2026-02-24" },
    { kind: "welcome", to: "law_enforcement", state: "delivered", on: "2026-02-03" },
  ],
  steer: {
    pairId: "eeeeffffgggghhhh",
    seats: [
      { seat: "sp", named: { email: "ana.two@harbor.example", until: "2026-04-01" } },
      { seat: "le" },
    ],
  },
};
