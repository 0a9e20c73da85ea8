import { hiddenFields } from "../journey/sign-up.ts";
import type { Stage } from "./stage.ts";

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly heading: string;
  /** What its last form sends along without being asked. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** The deployed pages as a person's browser shows them: it keeps cookies and follows redirects. */
export interface Browser {
  /** @param href as a mail names it, or a path */
  open(href: string): Promise<Page>;
  /** Sends a form to where a page or a mail says. */
  submit(href: string, fields: Readonly<Record<string, string>>): Promise<Page>;
}

export function openBrowser({ endpoint, site }: Stage): Browser {
  const cookies = new Map<string, string>();
  const [apiId] = new URL(site).hostname.split(".");
  const ask = async (href: string, form?: URLSearchParams): Promise<Page> => {
    const { pathname, search } = new URL(href, site);
    const answer = await fetch(`${endpoint}/_aws/execute-api/${apiId}${pathname}${search}`, {
      ...(form === undefined ? {} : { method: "POST", body: form }),
      headers: { cookie: cookieLine(cookies), origin: new URL(site).origin },
      redirect: "manual",
    });
    for (const line of answer.headers.getSetCookie()) keepCookie(cookies, line);
    const target = answer.headers.get("location");
    return target === null ? toPage(answer) : ask(target);
  };
  return {
    open: (href) => ask(href),
    submit: (href, fields) => ask(href, new URLSearchParams(fields)),
  };
}

function cookieLine(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  cookies.set(name, value);
}

async function toPage(answer: Response): Promise<Page> {
  const html = await answer.text();
  return {
    status: answer.status,
    html,
    heading: /<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? "",
    hidden: hiddenFields(html),
  };
}
