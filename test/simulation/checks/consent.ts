import type { ConsentState } from "../../../functions/core/consent.ts";
import { parseSendId, type Send } from "../../../functions/core/send.ts";
import type { Row } from "../../../functions/ports.ts";
import type { Doing } from "../partners.ts";
import type { Process } from "../processes.ts";
import type { Check, CreateCheck, Scene } from "./check.ts";
import {
  consentOf,
  consentsOf,
  isConsentRow,
  isPairRow,
  isSuppressionRow,
  storedSend,
  toConsent,
  toPair,
  toSuppression,
} from "./ledger-reading.ts";

const ANSWERS = ["receipt", "notice", "sign-in"];
const AFTER_STOP = ["receipt-stopped", "sign-in"];
/** Whoever was forgotten and writes is told so. */
const FAREWELL = "receipt-ended-series";
const COURSE = ["lesson", "nudge", "meet", "mou", "check-in", "graduation"];
const GROUNDS = ["stop", "bounce", "complaint"] as const;

/**
 * No mail goes out whose reading of consent began after a stop, a pause, an end or a bounce was stored.
 * The rules are written down here a second time, so that a mistake in the first is seen.
 */
export const stopIsKept: CreateCheck = (scene): Check => {
  const name = "stop-is-kept";
  const { world } = scene;
  /** When each row took the state it has, in the order of all calls. */
  const since = new Map<string, number>();
  return {
    name,
    rows: [15, 16, 20, 22],
    written({ before, after }) {
      if (isConsentRow(after) && before?.state !== after.state) {
        since.set(`${after.pk} ${after.sk}`, world.processes.serial());
      }
      if (!isSuppressionRow(after)) return;
      for (const ground of GROUNDS) {
        const isNew = standsOn(after, ground) && !standsOn(before, ground);
        if (isNew) since.set(`${after.pk} ${ground}`, world.processes.serial());
      }
    },
    handed(process, mail) {
      const send = storedSend(world, mail.sendId);
      if (send === undefined) return;
      const why =
        suppressed(scene, process, send, mail.to, since) ?? refused(scene, process, send, since);
      if (why !== undefined) scene.report(name, `${mail.sendId} goes out after ${why}`);
    },
  };
};

function suppressed(
  { world }: Scene,
  process: Process,
  send: Send,
  to: string,
  since: ReadonlyMap<string, number>,
): string | undefined {
  const pk = `SUPPRESSED#${world.signer().hashAddress(to)}`;
  const row = world.ledger.get({ pk, sk: "-" });
  const readAt = process.asked.get(`get ${pk} -`) ?? Number.POSITIVE_INFINITY;
  return GROUNDS.find((ground) => {
    if (!standsOn(row, ground)) return false;
    if (ground === "stop" && AFTER_STOP.includes(send.mail)) return false;
    return readAt >= (since.get(`${pk} ${ground}`) ?? 0);
  });
}

function refused(
  { world }: Scene,
  process: Process,
  send: Send,
  since: ReadonlyMap<string, number>,
): string | undefined {
  if (send.seat === "coordinator") return undefined;
  const pk = `PAIR#${send.owner}`;
  const readAt = process.asked.get(`query ${pk} CONSENT#`) ?? Number.POSITIVE_INFINITY;
  const wasKnown = (sk: string) => readAt >= (since.get(`${pk} ${sk}`) ?? 0);
  const own = consentOf(world, { owner: send.owner, seat: send.seat, holder: send.holder });
  if (own === undefined) return "nobody agreed";
  if (!passes(send, own.state) && wasKnown(`CONSENT#${send.seat}${send.holder}`)) return own.state;
  if (own.state !== "given" || !COURSE.includes(send.kind)) return undefined;
  const holding = newestAgreed(world, send.owner).find(
    ({ seat, holder, state }) =>
      ["paused", "left", "erased"].includes(state) && wasKnown(`CONSENT#${seat}${holder}`),
  );
  return holding && `${holding.seat} ${holding.state}`;
}

function newestAgreed(world: Scene["world"], owner: string) {
  const agreed = consentsOf(world, owner).filter(
    ({ state }) => state !== "invited" && state !== "declined",
  );
  return agreed.filter(
    ({ seat, holder }) => !agreed.some((other) => other.seat === seat && other.holder > holder),
  );
}

function passes({ kind, mail }: Send, state: ConsentState): boolean {
  switch (state) {
    case "invited":
      return ["invitation", "reminder", "receipt"].includes(kind);
    case "given":
      return true;
    case "paused":
    case "ended":
      return ANSWERS.includes(kind);
    case "left":
      return AFTER_STOP.includes(mail);
    case "erased":
      return mail === FAREWELL;
    case "declined":
      return false;
  }
}

function standsOn(row: Row | undefined, ground: (typeof GROUNDS)[number]): boolean {
  return row !== undefined && toSuppression(row)[ground]?.lifted === false;
}

/** The latest act by its own instant holds, and one ground moves without the others. */
export const latestActHolds: CreateCheck = (scene): Check => {
  const name = "latest-act-holds";
  return {
    name,
    rows: [26],
    written({ before, after }) {
      if (before === undefined || after === undefined) return;
      if (isConsentRow(after)) {
        const [was, is] = [toConsent(before), toConsent(after)];
        if (is.at < was.at) scene.report(name, `${after.sk} went back from ${was.at} to ${is.at}`);
        // An act that is no later than the one that is stored leaves the instant as it is. A refused invitation ends
        // the pair, and follows it whatever the clocks say: at the earliest in the very instant of the signer's yes.
        const isMoved = was.state !== "invited" && is.state !== was.state && is.at === was.at;
        if (isMoved && !["left", "erased", "ended"].includes(is.state)) {
          scene.report(name, `${after.sk} became ${is.state} by an act no later than ${was.at}`);
        }
        const isFinal = was.state === "erased" || was.state === "declined";
        if (isFinal && is.state !== "erased") {
          scene.report(name, `${after.sk} was ${was.state} and is ${is.state}`);
        }
      }
      if (!isSuppressionRow(after)) return;
      const moved = (["stop", "bounce", "complaint", "decline"] as const).filter(
        (ground) => JSON.stringify(before[ground]) !== JSON.stringify(after[ground]),
      );
      const [ground] = moved;
      const [was, is] = [toSuppression(before), toSuppression(after)];
      if (moved.length > 1) scene.report(name, `one act moved ${moved.join(" and ")}`);
      if (ground !== undefined && (is[ground]?.at ?? "") < (was[ground]?.at ?? "")) {
        scene.report(name, `${ground} went back from ${was[ground]?.at} to ${is[ground]?.at}`);
      }
    },
  };
};

/** What one holder says or does changes nobody else's consent: a leaver's late words touch no successor. */
export const onlyTheirOwn: CreateCheck = (scene): Check => {
  const name = "only-their-own";
  const { world, partners } = scene;
  const couldCome = (row: Row): boolean => {
    const { pairId, seat, holder, address } = toConsent(row);
    return partners.doings.some(
      (act) =>
        (act.owner === pairId && act.seat === seat && act.holder === holder && mayDo(act, row)) ||
        (act.owner === pairId && act.what === "end") ||
        // A colleague who accepts is the end of the one before.
        (act.owner === pairId &&
          act.seat === seat &&
          act.what === "confirm" &&
          act.holder > holder) ||
        (address !== undefined && consentOf(world, act)?.address === address),
    );
  };
  return {
    name,
    rows: [18, 22],
    written({ before, after }) {
      if (!isConsentRow(after) || before?.state === after.state) return;
      const isOwnAct = ["paused", "left", "erased", "declined"].includes(String(after.state));
      const wasGiven = before?.state === "given" || before?.state === "paused";
      if (isOwnAct && wasGiven && !couldCome(after)) {
        scene.report(name, `${after.pk} ${after.sk} became ${after.state} by nobody's act`);
      }
    },
  };
};

/** A pause takes a word of its own; saying yes to the invitation is none. */
function mayDo({ what }: Doing, { state }: Row): boolean {
  return state !== "paused" || what === "pause" || what === "reply";
}

/** A seat is lost only when its own holder's address bounced or complained, and no bounce counts twice. */
export const onlyTheirBounce: CreateCheck = (scene): Check => {
  const name = "only-their-bounce";
  const SOFT_BOUNCES_MAX = 3;
  const unwell = new Set<string>();
  const softly = new Map<string, number>();
  return {
    name,
    rows: [3, 22],
    published({ eventType, mail, bounce }) {
      if (eventType !== "Bounce" && eventType !== "Complaint") return;
      const { to = "" } =
        scene.world.ses.acceptances.find(({ sesId }) => sesId === mail.messageId) ?? {};
      const isSoft = (bounce as { readonly bounceType?: string })?.bounceType === "Transient";
      if (isSoft) softly.set(to, (softly.get(to) ?? 0) + 1);
      if (!isSoft || softly.get(to) === SOFT_BOUNCES_MAX) unwell.add(to);
    },
    written({ before, after }) {
      if (!isPairRow(after) || before === undefined) return;
      for (const seat of ["sp", "le"] as const) {
        const [was, is] = [toPair(before).seats[seat], toPair(after).seats[seat]];
        const isLost = is.state.kind === "unreachable" && was.state.kind !== "unreachable";
        if (isLost && !unwell.has(is.email)) {
          scene.report(name, `${after.pk} ${seat} is unreachable, and nothing bounced there`);
        }
        const [counted, real] = [is.softBounces.count, softly.get(is.email) ?? 0];
        if (counted > was.softBounces.count && counted > real) {
          scene.report(name, `${after.pk} ${seat} has ${counted} soft bounces of ${real}`);
        }
      }
    },
  };
};

/** Every mail goes to the person whose seat and number it names, and to nobody who merely wrote to us. */
export const mailFindsItsHolder: CreateCheck = (scene): Check => {
  const name = "mail-finds-its-holder";
  const { world } = scene;
  return {
    name,
    rows: [18, 20, 22],
    accepted({ sendId, to }) {
      const key = parseSendId(sendId);
      if (key === undefined || key.seat === "coordinator") return;
      const address = consentOf(world, key)?.address;
      if (address !== undefined && address !== world.signer().hashAddress(to)) {
        scene.report(name, `${sendId} went to somebody else's address`);
      }
    },
  };
};

/** Whose address refused a mail for good, or who complained, is known by that, whatever died on the way. */
export const bounceIsKept: CreateCheck = (scene): Check => {
  const name = "bounce-is-kept";
  const { world } = scene;
  const told: { readonly sendId: string; readonly ground: "bounce" | "complaint" }[] = [];
  return {
    name,
    rows: [15],
    published({ eventType, mail, bounce }) {
      const isHard = (bounce as { readonly bounceType?: string })?.bounceType === "Permanent";
      const sendId = mail.tags.send?.[0];
      if (sendId === undefined) return;
      if (eventType === "Complaint") told.push({ sendId, ground: "complaint" });
      if (eventType === "Bounce" && isHard) told.push({ sendId, ground: "bounce" });
    },
    ended() {
      for (const { sendId, ground } of told) {
        const key = parseSendId(sendId);
        const address = key === undefined ? undefined : consentOf(world, key)?.address;
        if (address === undefined) continue; // erased, or a coordinator's
        const row = world.ledger.get({ pk: `SUPPRESSED#${address}`, sk: "-" });
        if (row?.[ground] === undefined) scene.report(name, `${ground} of ${sendId} is not known`);
      }
    },
  };
};
