import type { Context } from "hono";
import { readForm } from "../adapters/http.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { pairPath } from "../adapters/page-paths.ts";
import { emailField } from "../adapters/person-fields.ts";
import { reviewTrigger } from "../core/handover.ts";
import { withLogged } from "../core/heard.ts";
import { isRunning } from "../core/hold.ts";
import { SEATS, type SeatId } from "../core/pair.ts";
import { type Act, changeOf } from "../core/plan.ts";
import { NAMING_WORDS } from "../partner/address-routes.ts";
import {
  type NameColleaguePorts,
  nameColleague,
  unnameColleague,
} from "../partner/name-colleague.ts";
import type { LiftPorts } from "../partner/stop-address.ts";
import type { Ports } from "../ports.ts";
import { changePair } from "../schedule/change-pair.ts";
import { liftSuppression } from "./lift-suppression.ts";
import { type PairNotice, PairPage } from "./pair-page.tsx";
import { type RosterPorts, viewPair } from "./roster.ts";
import { colleagueField, type RefusedName } from "./steer-pair.tsx";

export type SteerPorts = RosterPorts & NameColleaguePorts & LiftPorts & Pick<Ports, "ids">;

const NOTICES: readonly PairNotice[] = ["named", "taken-back", "reached", "review"];

/** One pair of the cohort; undefined (another cohort's, or none) is "not found". */
export async function showPair(
  c: Context,
  ports: SteerPorts,
  site: Site,
  cohort: string,
  refused?: RefusedName,
): Promise<Response> {
  const view = await viewPair(ports, cohort, c.req.param("pair") ?? "");
  if (view === undefined) return c.notFound();
  const notice = NOTICES.find((name) => name === c.req.query("done"));
  return refused === undefined
    ? c.html(<PairPage site={site} view={view} notice={notice} />)
    : c.html(<PairPage site={site} view={view} refused={refused} />, 422);
}

/** What the forms of a pair's page do. */
export async function steerPair(
  c: Context,
  ports: SteerPorts,
  site: Site,
  cohort: string,
): Promise<Response> {
  const pairId = c.req.param("pair") ?? "";
  const pair = await ports.pairs.read(pairId);
  if (pair === undefined || pair.cohort !== cohort) return c.notFound();
  const fields = await readForm(c);
  const seat = SEATS.find((name) => name === fields.seat);
  const act: Act = { at: ports.clock.now(), id: ports.signer.hash("steer", ports.ids.random(10)) };
  if (fields.act === "name" && seat !== undefined) {
    const refused = await nameFor(ports, pairId, seat, fields[colleagueField(seat)], act);
    if (refused !== undefined) return showPair(c, ports, site, cohort, refused);
    return done(c, pairId, "named");
  }
  if (fields.act === "take-back" && seat !== undefined) {
    await unnameColleague(ports, { pairId, seat, by: { kind: "coordinator" } }, act);
    return done(c, pairId, "taken-back");
  }
  if (fields.act === "reach" && seat !== undefined) {
    await liftSuppression(ports, { pairId, seat }, act);
    return done(c, pairId, "reached");
  }
  if (fields.act !== "review") return showPair(c, ports, site, cohort);
  await askForReview(ports, pairId, act);
  return done(c, pairId, "review");
}

function done(c: Context, pairId: string, notice: PairNotice): Response {
  return c.redirect(`${pairPath(pairId)}?done=${notice}`, 303);
}

async function nameFor(
  ports: SteerPorts,
  pairId: string,
  seat: SeatId,
  typed: unknown,
  act: Act,
): Promise<RefusedName | undefined> {
  const email = emailField("the colleague's work email address").safeParse(typed);
  const refused = (message: string): RefusedName => ({
    seat,
    typed: typeof typed === "string" ? typed : "",
    errors: [{ field: colleagueField(seat), message }],
  });
  if (!email.success) return refused(email.error.issues[0]?.message ?? "");
  const naming = { pairId, seat, email: email.data, by: { kind: "coordinator" } } as const;
  const outcome = await nameColleague(ports, naming, act);
  if (outcome === "named" || outcome === "already-named" || outcome === "over") return undefined;
  return refused(NAMING_WORDS[outcome]);
}

/** A law, a policy or a head of an agency has changed: logged with the coordinator as its source. */
async function askForReview(ports: SteerPorts, pairId: string, act: Act): Promise<void> {
  await changePair(ports, pairId, async (pair) => {
    if (!isRunning(pair)) return undefined;
    const outline = await ports.courses.current(pair.course);
    const facts = { outline, entries: await ports.pairs.log(pairId) };
    return withLogged(changeOf(pair, { log: [reviewTrigger(pair, act)] }), facts, act.at);
  });
}
