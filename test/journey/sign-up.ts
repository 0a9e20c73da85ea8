import type { MailboxMessage, Visitor } from "./visitor.ts";

/** The form's fields, named as the page names them. */
export const PAIR = {
  role: "service_provider",
  name: "Ada Provider",
  email: "ada@harbor.example",
  agency: "Harbor House",
  partner_name: "Ben Ramírez",
  partner_email: "ben@police.example",
  partner_agency: "City Police",
  weekday: "2",
  time: "10:00",
  time_zone: "America/New_York",
} as const;

export type PairFields = Readonly<Record<keyof typeof PAIR, string>>;

/** Fills in the form without a browser: the answers, then the page to check them on. */
export async function signUp(visitor: Visitor, fields: PairFields = PAIR): Promise<Response> {
  const checkPage = await post(`${visitor.site}/enroll`, fields);
  const hidden = hiddenFields(await checkPage.text());
  return post(`${visitor.site}/enroll`, { ...hidden, checked: "yes" });
}

/** Presses the button behind the first link of a mail that leads to such a page. */
export async function pressLink(
  message: MailboxMessage,
  path: string,
  act?: string,
): Promise<Response> {
  const href = linkTo(message, path);
  const page = await (await fetch(href)).text();
  const token = hiddenFields(page).token ?? "";
  return post(`${new URL(href).origin}${path}`, act === undefined ? { token } : { token, act });
}

export function linkTo(message: MailboxMessage, path: string): string {
  const link = message.links.find(({ href }) => new URL(href).pathname.startsWith(`${path}/`));
  if (link === undefined) throw new Error(`${message.kind} has no link to ${path}`);
  return link.href;
}

/** Signs up, confirms the signer by button and the partner by reply. */
export async function startCourse(visitor: Visitor, fields: PairFields = PAIR): Promise<void> {
  await signUp(visitor, fields);
  await pressLink(await newest(visitor, "invitation", fields.email), "/confirm", "join");
  await visitor.answer(await newest(visitor, "invitation", fields.partner_email), "YES");
}

export async function newest(visitor: Visitor, kind: string, to: string): Promise<MailboxMessage> {
  const found = (await visitor.messages()).filter((mail) => mail.kind === kind && mail.to === to);
  const last = found.at(-1);
  if (last === undefined) throw new Error(`no ${kind} went to ${to}`);
  return last;
}

export function post(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields) });
}

/** Names and values of a page's hidden fields; the last form's win, as they come last. */
export function hiddenFields(html: string): Record<string, string> {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
