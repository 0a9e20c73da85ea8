import { type Browser, openBrowser, type Page } from "./browser.ts";
import { answer, linkIn, mailTo } from "./inbox.ts";
import type { Stage } from "./stage.ts";

export interface Couple {
  /** Work address of the one who fills in the form, at a service provider. */
  readonly signer: string;
  /** Work address of the invited one, in law enforcement. */
  readonly partner: string;
}

/** Fills in the form that the page shows, and says on the next one that all is right. */
export async function signUp(browser: Browser, { signer, partner }: Couple): Promise<Page> {
  const form = await browser.open("/");
  const check = await browser.submit("/enroll", {
    ...form.hidden,
    role: "service_provider",
    name: "Ada Provider",
    email: signer,
    agency: "Harbor House",
    partner_name: "Ben Ramírez",
    partner_email: partner,
    partner_agency: "City Police",
    weekday: "2",
    time: "10:00",
    time_zone: zoneWhereItIsDay(),
  });
  return browser.submit("/enroll", { ...check.hidden, checked: "yes" });
}

/** Signs up, the signer by button and the partner by reply, as far as both welcomes. */
export async function startCourse(stage: Stage, couple: Couple): Promise<void> {
  const browser = openBrowser(stage);
  await signUp(browser, couple);
  const confirm = linkIn(await mailTo(stage, couple.signer, /confirm/), "/confirm");
  await press(browser, confirm, "join");
  await answer(stage, await mailTo(stage, couple.partner, /invitation/), "YES");
  await mailTo(stage, couple.signer, /Welcome/);
  await mailTo(stage, couple.partner, /Welcome/);
}

/** Opens what a mailed link leads to and presses its button. */
export async function press(browser: Browser, href: string, act?: string): Promise<Page> {
  const { hidden } = await browser.open(href);
  const path = new URL(href).pathname.replace(/\/[^/]*$/, "");
  return browser.submit(path, { token: hidden.token ?? "", ...(act === undefined ? {} : { act }) });
}

const ZONES = [
  "America/New_York",
  "Pacific/Honolulu",
  "Pacific/Auckland",
  "Asia/Tokyo",
  "Asia/Dubai",
  "Europe/Berlin",
];

/** Nothing goes out at night, so the pair has to live where it is none for another hour at least. */
function zoneWhereItIsDay(): string {
  const isDay = (timeZone: string) => {
    const format = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" });
    const hour = Number(format.format(new Date()));
    return hour >= 8 && hour < 19;
  };
  const zone = ZONES.find(isDay);
  if (zone === undefined) throw new Error("It is night in all these zones.");
  return zone;
}
