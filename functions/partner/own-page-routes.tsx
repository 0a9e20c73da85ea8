import type { Context, Hono } from "hono";
import { readForm } from "../adapters/http.ts";
import type { FieldError, Site } from "../adapters/page-frame.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { clearSessionCookie, getSessionCookie } from "../adapters/session-cookie.ts";
import { SlotFields, slotOf } from "../adapters/slot-fields.ts";
import { type AddressAct, addressAct } from "./address-routes.ts";
import { type ErasePersonPorts, eraseHolderOf } from "./erase-person.ts";
import { DonePage } from "./link-pages.tsx";
import type { NameColleaguePorts } from "./name-colleague.ts";
import { dataFile, ownData } from "./own-data.ts";
import { ErasePage } from "./own-data-pages.tsx";
import { actOnOwnPage, type OwnAct, type OwnPagePorts, viewOwnPage } from "./own-page.ts";
import { type PartnerNotice, PartnerPage } from "./page.tsx";
import { closeSession, readSession, type SignInPorts } from "./sign-in.ts";
import { SignInOverPage } from "./sign-in-pages.tsx";
import { signInRoutes } from "./sign-in-routes.tsx";
import type { Holder } from "./stop-address.ts";

export type OwnPageRoutePorts = SignInPorts & OwnPagePorts & NameColleaguePorts & ErasePersonPorts;

type Fields = Readonly<Record<string, unknown>>;

/** Asking for a sign-in link, opening it, and the page behind it. */
export function ownPageRoutes(app: Hono, ports: OwnPageRoutePorts, site: Site): void {
  signInRoutes(app, ports, site, "partner");
  app.get(PATHS.partner, (c) =>
    withSession(c, ports, site, (holder) => show(c, ports, site, holder)),
  );
  app.get(PATHS.ownData, (c) =>
    withSession(c, ports, site, (holder) => download(c, ports, site, holder)),
  );
  app.post(PATHS.partner, async (c) => {
    const fields = await readForm(c);
    return withSession(c, ports, site, (holder, secret) =>
      act(c, ports, site, { holder, secret, fields }),
    );
  });
}

async function withSession(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  use: (holder: Holder, secret: string) => Promise<Response>,
): Promise<Response> {
  const secret = getSessionCookie(c, "partner");
  if (secret === undefined) return c.redirect(PATHS.signIn, 303);
  const session = await readSession(ports, secret);
  if (session?.who.kind !== "partner") return c.html(<SignInOverPage site={site} />, 401);
  return use(session.who, secret);
}

async function show(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  holder: Holder,
  extra: Refused = {},
): Promise<Response> {
  const view = await viewOwnPage(ports, holder);
  if (view === undefined) return c.html(<SignInOverPage site={site} />, 401);
  const notice = NOTICES.find((name) => name === c.req.query("done"));
  const { errors = [], fields, typedAddress } = extra;
  return c.html(
    <PartnerPage
      site={site}
      view={view}
      errors={errors}
      {...(notice === undefined || errors.length > 0 ? {} : { notice })}
      {...(fields === undefined ? {} : { slotAnswers: slotAnswers(fields) })}
      {...(typedAddress === undefined ? {} : { typedAddress })}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

async function download(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  holder: Holder,
): Promise<Response> {
  const lines = await ownData(ports, holder);
  if (lines === undefined) return c.html(<SignInOverPage site={site} />, 401);
  return c.body(dataFile(lines), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="common-ground-data.csv"',
  });
}

/** What was wrong with a form, and what had been typed into it. */
interface Refused {
  readonly errors?: readonly FieldError[];
  readonly fields?: Fields;
  readonly typedAddress?: string;
}

interface Pressed {
  readonly holder: Holder;
  readonly secret: string;
  readonly fields: Fields;
}

const NOTICES: readonly PartnerNotice[] = [
  "slot-changed",
  "paused",
  "resumed",
  "named",
  "taken-back",
  "corrected",
];

async function act(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  { holder, secret, fields }: Pressed,
): Promise<Response> {
  switch (fields.act) {
    case "slot":
      return changeSlot(c, ports, site, holder, fields);
    case "hand-over":
    case "take-back":
    case "correct":
      return enterAddress(c, ports, site, holder, fields.act, fields);
    case "pause":
      return settle(c, ports, holder, { kind: "pause", ...weeksOf(fields) }, "paused");
    case "resume":
      return settle(c, ports, holder, { kind: "resume" }, "resumed");
    case "stop":
      await actOnOwnPage(ports, holder, { kind: "stop" });
      return leave(c, ports, site, secret, "stopped");
    case "sign-out":
      return leave(c, ports, site, secret, "signed-out");
    case "erase":
      return c.html(<ErasePage site={site} />);
    case "erase-now":
      await eraseHolderOf(ports, holder);
      return leave(c, ports, site, secret, "erased");
    default:
      return show(c, ports, site, holder);
  }
}

async function changeSlot(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  holder: Holder,
  fields: Fields,
): Promise<Response> {
  const parsed = SlotFields.safeParse(fields);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      field: String(path[0]),
      message,
    }));
    return show(c, ports, site, holder, { errors, fields });
  }
  return settle(c, ports, holder, { kind: "slot", slot: slotOf(parsed.data) }, "slot-changed");
}

async function enterAddress(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  holder: Holder,
  what: AddressAct,
  fields: Fields,
): Promise<Response> {
  const answer = await addressAct(ports, holder, what, fields);
  if (answer.kind === "refused") return show(c, ports, site, holder, answer);
  const done = answer.kind === "done" ? `?done=${answer.notice}` : "";
  return c.redirect(`${PATHS.partner}${done}`, 303);
}

async function settle(
  c: Context,
  ports: OwnPageRoutePorts,
  holder: Holder,
  what: OwnAct,
  notice: PartnerNotice,
): Promise<Response> {
  await actOnOwnPage(ports, holder, what);
  return c.redirect(`${PATHS.partner}?done=${notice}`, 303);
}

async function leave(
  c: Context,
  ports: OwnPageRoutePorts,
  site: Site,
  secret: string,
  done: "stopped" | "signed-out" | "erased",
): Promise<Response> {
  await closeSession(ports, secret);
  clearSessionCookie(c, "partner");
  return c.html(<DonePage site={site} done={done} />);
}

function weeksOf(fields: Fields): { readonly weeks?: number } {
  const weeks = Number(fields.weeks);
  return Number.isInteger(weeks) && weeks >= 1 && weeks <= 26 ? { weeks } : {};
}

function slotAnswers(fields: Fields) {
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  return { weekday: text("weekday"), time: text("time"), time_zone: text("time_zone") };
}
