import { hashOfSecret } from "../../functions/adapters/session-cookie.ts";
import { confirmApp } from "../../functions/confirm/app.tsx";
import { coordinatorApp } from "../../functions/coordinator/app.tsx";
import type { SeatId } from "../../functions/core/pair.ts";
import { partnerApp } from "../../functions/partner/app.tsx";
import type { Session } from "../../functions/ports.ts";
import { mailTo } from "./replies.ts";
import type { TestMail, TestService } from "./service.ts";

const SITE = { helpEmail: "coordinator@common-ground.example", sender: "hello@example.example" };
const HOST = "http://127.0.0.1";
let secrets = 0;

/** A page as a browser has it: its status, its text, and where it sent the browser on. */
export interface PageAnswer {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
}

export interface Browser {
  get(path: string): Promise<PageAnswer>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<PageAnswer>;
}

/** The real routes over the service of a test; whatever a press brings about goes out at once. */
export function browserOf(service: TestService, cookie = ""): Browser {
  const apps = [
    confirmApp(service.ports, SITE),
    partnerApp(service.ports, SITE),
    coordinatorApp(service.ports, SITE),
  ];
  const ask = async (path: string, init: RequestInit): Promise<PageAnswer> => {
    for (const app of apps) {
      const response = await app.request(`${HOST}${path}`, { ...init, headers: { cookie } });
      const html = await response.text();
      // Hono's own answer for a path that this app has no route for.
      if (response.status === 404 && html === "404 Not Found") continue;
      await service.drain();
      return { status: response.status, html, location: response.headers.get("location") };
    }
    throw new Error(`no app answers ${path}`);
  };
  return {
    get: (path) => ask(path, {}),
    post: (path, fields) => ask(path, { method: "POST", body: new URLSearchParams(fields) }),
  };
}

/** A browser that has opened the sign-in link of this seat's holder, or of a coordinator. */
export async function signedIn(
  service: TestService,
  who: Session["who"] | { readonly pairId: string; readonly seat: SeatId; readonly holder: number },
): Promise<Browser> {
  secrets += 1;
  const secret = `a-secret-of-a-test-${secrets}`;
  const now = service.now();
  const whole: Session["who"] = "kind" in who ? who : { kind: "partner", ...who };
  const idHash = hashOfSecret(secret);
  await service.ports.sessions.open({ idHash, who: whole, openedAt: now, usedAt: now });
  return browserOf(service, `${whole.kind}=${secret}`);
}

/** The path of a link in a mail of ours, as the plain text shows it. */
export function linkIn(mail: TestMail, path: string): string {
  const text = Buffer.from(mail.raw)
    .toString("latin1")
    .replaceAll("=\r\n", "")
    .replaceAll("=3D", "=");
  const found = new RegExp(`https://[^/\\s]+(${path}/[A-Za-z0-9_/-]+)`).exec(text)?.[1];
  if (found === undefined) throw new Error(`the mail has no link to ${path}`);
  return found;
}

/** The newest mail's link to this path. */
export function newestLink(service: TestService, address: string, path: string): string {
  return linkIn(mailTo(service, address), path);
}

/** What a mail says, in plain text on one line. */
export function wordsOf(mail: TestMail): string {
  const [, , part = ""] = Buffer.from(mail.raw).toString("latin1").split("Content-Type: ");
  return Buffer.from(
    part
      .replaceAll("=\r\n", "")
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    "latin1",
  )
    .toString("utf8")
    .replace(/\s+/g, " ");
}
