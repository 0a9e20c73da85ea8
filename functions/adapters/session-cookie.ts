import { createHash } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

export type Door = "partner" | "coordinator";

/**
 * The `__Host-` prefix binds a cookie to this very host over HTTPS. A browser takes it from
 * http://127.0.0.1 only without the prefix, so the local service leaves it out.
 */
function nameOf(c: Context, door: Door): string {
  return isSecure(c) ? `__Host-${door}` : door;
}

export function getSessionCookie(c: Context, door: Door): string | undefined {
  return getCookie(c, nameOf(c, door));
}

/** Lasts as long as the browser is open; the session behind it ends earlier. */
export function setSessionCookie(c: Context, door: Door, secret: string): void {
  setCookie(c, nameOf(c, door), secret, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure(c),
  });
}

export function clearSessionCookie(c: Context, door: Door): void {
  deleteCookie(c, nameOf(c, door), { path: "/", secure: isSecure(c) });
}

/** Behind API Gateway everything is HTTPS; only loopback is not. */
function isSecure(c: Context): boolean {
  const { hostname } = new URL(c.req.url);
  return hostname !== "127.0.0.1" && hostname !== "localhost";
}

/** What is stored of a cookie's 256 random bits: enough to find the session, nothing to open it with. */
export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
