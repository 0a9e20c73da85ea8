import { PATHS } from "../adapters/page-paths.ts";
import { type Instant, plusDays, plusMinutes, toMs } from "../core/instant.ts";
import type { Send } from "../core/send.ts";
import type { LinkPurpose, Ports } from "../ports.ts";

/** Mailed links work as long as a mail may lie in a box; a sign-in link for an hour. */
export const WEAK_LINK_DAYS = 730;
export const SIGN_IN_MINUTES = 60;

/** Every link a mail can hold, named as its slot; each opens a page whose button acts. */
export interface MailLinks {
  readonly confirmUrl: string;
  readonly approveUrl: string;
  readonly controlsUrl: string;
  readonly unsubscribeUrl: string;
  readonly undoUrl: string;
  readonly signInPageUrl: string;
  readonly signInUrl: string;
  readonly aboutUrl: string;
  readonly guessUrl: (index: number) => string;
}

/**
 * Links for one send. They name the send and its holder and nothing else; the same send always has the
 * same links, so a second try of it is the same mail.
 */
export function mailLinks(ports: Pick<Ports, "signer" | "settings">, send: Send): MailLinks {
  const { siteUrl } = ports.settings;
  const token = (purpose: LinkPurpose, expiresAt: Instant) =>
    ports.signer.sign({
      purpose,
      owner: send.owner,
      item: send.item,
      seat: send.seat,
      holder: send.holder,
      expires: Math.floor(toMs(expiresAt) / 1000),
    });
  const weak = token("weak", plusDays(send.plannedFor, WEAK_LINK_DAYS));
  const isForCoordinator = send.seat === "coordinator";
  const undo = send.mail === "notice-was-it-you" ? PATHS.wasItYou : PATHS.undo;
  const open = isForCoordinator ? PATHS.openCoordinator : PATHS.openPartner;
  const expiresAt = send.expiresAt ?? plusDays(send.plannedFor, 30);
  return {
    confirmUrl: `${siteUrl}${PATHS.confirm}/${token("confirm", expiresAt)}`,
    approveUrl: `${siteUrl}${PATHS.approve}/${token("approve", plusDays(send.plannedFor, 14))}`,
    controlsUrl: `${siteUrl}${PATHS.controls}/${weak}`,
    unsubscribeUrl: `${siteUrl}${PATHS.unsubscribe}/${token("unsubscribe", plusDays(send.plannedFor, WEAK_LINK_DAYS))}`,
    undoUrl: `${siteUrl}${undo}/${weak}`,
    signInPageUrl: `${siteUrl}${isForCoordinator ? PATHS.coordinatorSignIn : PATHS.signIn}`,
    signInUrl: `${siteUrl}${open}/${token("sign-in", plusMinutes(send.plannedFor, SIGN_IN_MINUTES))}`,
    aboutUrl: `${siteUrl}${PATHS.about}`,
    guessUrl: (index) => `${siteUrl}${PATHS.guess}/${weak}/${index}`,
  };
}
