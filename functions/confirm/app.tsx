import { type Context, Hono } from "hono";
import { readForm } from "../adapters/http.ts";
import { readToken } from "../adapters/link-token.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { type FieldReading, readName } from "../adapters/person-fields.ts";
import { nameOf } from "../core/handover.ts";
import { nextLessonAt } from "../core/lessons.ts";
import { otherSeat, type Pair, ROLES, type SeatId } from "../core/pair.ts";
import type { Act } from "../core/plan.ts";
import { dayOf } from "../core/timers.ts";
import { personIn } from "../send/find-recipient.ts";
import {
  type AnswerInvitationPorts,
  acceptInvitation,
  declineInvitation,
  type InvitationState,
  type Invitee,
  viewInvitation,
} from "./answer-invitation.ts";
import {
  AlreadyConfirmedPage,
  BrokenLinkPage,
  ConfirmedPage,
  type ConfirmedView,
  DeclinedPage,
  FullPage,
  InvitationOverPage,
  InvitationPage,
  type InvitationView,
  type Person,
} from "./page.tsx";

/** The page behind a confirm link. Opening it changes nothing; its two buttons do. */
export function confirmApp(ports: AnswerInvitationPorts, site: Site): Hono {
  const app = new Hono();
  app.get(`${PATHS.confirm}/:token`, (c) => show(c, ports, site, c.req.param("token")));
  app.post(PATHS.confirm, async (c) => {
    const fields = await readForm(c);
    return answer(c, ports, site, String(fields.token ?? ""), fields);
  });
  return app;
}

async function show(c: Context, ports: AnswerInvitationPorts, site: Site, token: string) {
  const link = readInvitee(ports, token);
  if (link.kind === "broken") return c.html(<BrokenLinkPage site={site} />, 404);
  if (link.kind === "expired") return c.html(<InvitationOverPage site={site} />, 410);
  return page(c, site, token, link.invitee, await viewInvitation(ports, link.invitee));
}

async function answer(
  c: Context,
  ports: AnswerInvitationPorts,
  site: Site,
  token: string,
  fields: Readonly<Record<string, unknown>>,
) {
  const link = readInvitee(ports, token);
  if (link.kind === "broken") return c.html(<BrokenLinkPage site={site} />, 404);
  if (link.kind === "expired") return c.html(<InvitationOverPage site={site} />, 410);
  const act: Act = { at: ports.clock.now(), id: ports.signer.hash("confirm", token) };
  if (fields.act === "decline") return decline(c, ports, site, link.invitee, act);
  if (fields.act !== "join") return show(c, ports, site, token);
  const before = await viewInvitation(ports, link.invitee);
  const name = readOwnName(fields.name);
  if (before.kind === "open" && before.as === "successor" && name?.kind === "refused") {
    const view = invitationView(token, link.invitee, before);
    const you = { ...view.you, name: String(fields.name) };
    const errors = [{ field: "name", message: name.message }];
    return c.html(<InvitationPage site={site} view={{ ...view, you }} errors={errors} />, 422);
  }
  const typed = name?.kind === "read" ? name.value : undefined;
  const after = await acceptInvitation(ports, link.invitee, act, typed);
  if (before.kind !== "open" || after.kind !== "confirmed") {
    return page(c, site, token, link.invitee, after);
  }
  const view = confirmedView(after.pair, link.invitee, before.as);
  return c.html(<ConfirmedPage site={site} view={view} />);
}

/** A colleague's own name; one who leaves it empty is called what their address lets guess. */
function readOwnName(typed: unknown): FieldReading | undefined {
  const isEmpty = typeof typed !== "string" || typed.trim() === "";
  return isEmpty ? undefined : readName(typed, "your name");
}

async function decline(
  c: Context,
  ports: AnswerInvitationPorts,
  site: Site,
  invitee: Invitee,
  act: Act,
) {
  const outcome = await declineInvitation(ports, invitee, act);
  if (outcome === "declined") return c.html(<DeclinedPage site={site} />);
  const consents = await ports.ledger.consents(invitee.owner);
  const own = consents.find(
    ({ seat, holder }) => seat === invitee.seat && holder === invitee.holder,
  );
  return own?.state === "declined"
    ? c.html(<DeclinedPage site={site} already />)
    : c.html(<InvitationOverPage site={site} />, 410);
}

function page(c: Context, site: Site, token: string, invitee: Invitee, state: InvitationState) {
  switch (state.kind) {
    case "open":
      return c.html(<InvitationPage site={site} view={invitationView(token, invitee, state)} />);
    case "confirmed":
      return c.html(<AlreadyConfirmedPage site={site} />);
    case "full":
      return c.html(<FullPage site={site} />);
    case "over":
      return c.html(<InvitationOverPage site={site} />, 410);
  }
}

type Link =
  | { readonly kind: "good"; readonly invitee: Invitee }
  | { readonly kind: "broken" }
  | { readonly kind: "expired" };

function readInvitee(ports: AnswerInvitationPorts, token: string): Link {
  const link = readToken(ports, token, "confirm");
  if (link.kind !== "good") return link;
  const { owner, holder, seat } = link.claims;
  if (seat === "coordinator") return { kind: "broken" };
  return { kind: "good", invitee: { owner, holder, seat } };
}

function invitationView(
  token: string,
  { seat, holder }: Invitee,
  state: Extract<InvitationState, { kind: "open" }>,
): InvitationView {
  const { pair, as } = state;
  const other = otherSeat(seat);
  return {
    token,
    reader: as,
    you: person(pair, seat, holder),
    other: person(pair, other, pair.seats[other].holder),
    slot: pair.slot,
  };
}

function person(pair: Pair, seat: SeatId, holder: number): Person {
  const found = personIn(pair, seat, holder) ?? { name: "", email: "", agency: "" };
  return { ...found, name: nameOf(found), role: ROLES[seat] };
}

function confirmedView(
  pair: Pair,
  { seat }: Invitee,
  as: "signer" | "partner" | "successor",
): ConfirmedView {
  if (as === "successor") return { kind: "seat-taken" };
  if (seat === pair.signer) {
    const waits = pair.state.kind === "pending" && pair.state.waitsFor === "approval";
    return { kind: waits ? "waits-for-approval" : "partner-invited" };
  }
  const firstAt = nextLessonAt(pair);
  return {
    kind: "course-starts",
    ...(firstAt === undefined ? {} : { firstLessonOn: dayOf(pair, firstAt) }),
  };
}
