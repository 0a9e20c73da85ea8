import { type Context, Hono } from "hono";
import { clientAddress, readForm } from "../adapters/http.ts";
import type { Site } from "../adapters/page-frame.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { toMs } from "../core/instant.ts";
import { AboutPage } from "./about-page.tsx";
import { type EnrollPairPorts, enrollPair } from "./enroll-pair.ts";
import { type Carried, CheckAnswersPage, EnrolledPage, LaterPage, SignUpPage } from "./page.tsx";
import { type FormOffer, keepAnswers, readSignUp, type SignUp } from "./sign-up-form.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The sign-up form, the page to check the answers on, and what supervisors are sent to read. */
export function enrollApp(ports: EnrollPairPorts, site: Site): Hono {
  const app = new Hono();
  app.get(PATHS.home, (c) => {
    const answers = keepAnswers(c.req.query(), offerOf(ports));
    return c.html(<SignUpPage site={site} answers={answers} carried={openedNow(ports)} />);
  });
  app.post(PATHS.enroll, async (c) => answerForm(c, ports, site, await readForm(c)));
  app.get(PATHS.enroll, (c) => c.redirect(PATHS.home, 303));
  app.get(PATHS.enrolled, (c) => c.html(<EnrolledPage site={site} />));
  app.get(PATHS.about, (c) => c.html(<AboutPage site={site} />));
  return app;
}

async function answerForm(c: Context, ports: EnrollPairPorts, site: Site, fields: Fields) {
  const offer = offerOf(ports);
  const answers = keepAnswers(fields, offer);
  const carried = carriedFrom(ports, fields);
  if (isFilledByProgram(fields)) return c.redirect(PATHS.enrolled, 303);
  if (fields.change !== undefined) {
    return c.html(<SignUpPage site={site} answers={answers} carried={carried} />);
  }
  const reading = readSignUp(fields, offer);
  if (reading.kind === "invalid") {
    const { errors } = reading;
    return c.html(<SignUpPage {...{ site, answers, errors, carried }} />, 422);
  }
  const { signUp } = reading;
  if (fields.checked !== "yes" || isTooFast(ports, carried)) {
    return c.html(<CheckAnswersPage {...{ site, answers, signUp, carried }} />);
  }
  return enroll(c, ports, site, signUp);
}

async function enroll(c: Context, ports: EnrollPairPorts, site: Site, signUp: SignUp) {
  const outcome = await enrollPair(ports, signUp, clientAddress(c.env));
  return outcome === "later"
    ? c.html(<LaterPage site={site} />, 429)
    : c.redirect(PATHS.enrolled, 303);
}

function offerOf({ settings }: EnrollPairPorts): FormOffer {
  return { cohorts: Object.keys(settings.cohorts), defaultSlot: settings.defaultSlot };
}

/** People never see this field. */
function isFilledByProgram(fields: Fields): boolean {
  const trap = fields.website;
  return trap !== undefined && trap !== "";
}

/** When the form was opened, signed, so that it cannot be dated back. */
function openedNow(ports: EnrollPairPorts): Carried {
  const at = ports.clock.now();
  return { opened: `${at} ${ports.signer.hash("opened", at)}` };
}

/** The instant the form carries, if it is one that we signed; else it counts as opened now. */
function carriedFrom(ports: EnrollPairPorts, fields: Fields): Carried {
  const [at = "", mark] = String(fields.opened ?? "").split(" ");
  return ports.signer.hash("opened", at) === mark ? { opened: `${at} ${mark}` } : openedNow(ports);
}

/** A form that comes back faster than a person types is shown once more; nothing typed is lost. */
function isTooFast({ clock, settings }: EnrollPairPorts, { opened = "" }: Carried): boolean {
  const secondsOpen = (toMs(clock.now()) - toMs(opened.split(" ")[0] ?? "")) / 1000;
  return secondsOpen < settings.form.secondsMin;
}
