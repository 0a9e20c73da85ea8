import { Hono } from "hono";
import { type PageDeps, protectPages } from "../functions/adapters/http.ts";
import type { Site } from "../functions/adapters/page-frame.tsx";
import { confirmApp } from "../functions/confirm/app.tsx";
import { coordinatorApp } from "../functions/coordinator/app.tsx";
import { earliest } from "../functions/core/instant.ts";
import { enrollApp } from "../functions/enroll/app.tsx";
import { readMailEvent } from "../functions/feedback/mail-event.ts";
import { settleEvent } from "../functions/feedback/settle-event.ts";
import { partnerApp } from "../functions/partner/app.tsx";
import type { Ports, QueueMessage, Settings } from "../functions/ports.ts";
import { receiveMail } from "../functions/receive/receive-mail.ts";
import { sweepUnread } from "../functions/receive/sweep-unread.ts";
import { advancePair } from "../functions/schedule/advance-pair.ts";
import { findDue, sweepDue } from "../functions/schedule/find-due.ts";
import { sendMail } from "../functions/send/send-mail.ts";
import type { TrackedTable } from "./due-tracker.ts";
import type { Handlers } from "./time-machine.ts";

/** The steps of the service over one set of ports, as the deployed functions run them. */
export interface Steps extends Handlers {
  /** All pages of the service on one app. */
  readonly http: Hono;
}

/** Nothing ends this process before a send is done; a Lambda function has its timeout. */
const UNLIMITED_MS = Number.POSITIVE_INFINITY;

/** The local composition root's heart: the same workflows as on AWS, each with the same ports. */
export function composeSteps(
  ports: Ports,
  tables: { readonly pairs: TrackedTable; readonly ledger: TrackedTable },
): Steps {
  const sendPorts = { ...ports, timeLeftMs: () => UNLIMITED_MS };
  return {
    http: allPages(ports),
    tick: () => findDue(ports),
    sweep: () => sweepDue(ports),
    sweepUnread: () => sweepUnread(ports),
    handle: async (message: QueueMessage) => {
      if (message.queue === "due") await advancePair(ports, message.pairId);
      else await sendMail(sendPorts, message.send);
    },
    receive: async (notice) => {
      await receiveMail(ports, notice);
    },
    feedback: async (event) => {
      await settleEvent(ports, readMailEvent(event));
    },
    nextDueAt: async (after) =>
      earliest(tables.pairs.nextDueAt(after), tables.ledger.nextDueAt(after)),
  };
}

function allPages(ports: Ports): Hono {
  const site = siteOf(ports.settings);
  const deps: PageDeps = { site, siteUrl: ports.settings.siteUrl, log: ports.log };
  const app = new Hono();
  protectPages(app, deps);
  app.route("/", enrollApp(ports, site));
  app.route("/", confirmApp(ports, site));
  app.route("/", partnerApp(ports, site));
  app.route("/", coordinatorApp(ports, site));
  return app;
}

/** Help comes from the coordinator of the default cohort, the first one that is set. */
function siteOf(settings: Settings): Site {
  const [first] = Object.values(settings.cohorts);
  return { helpEmail: first?.coordinators[0] ?? settings.from, sender: settings.from };
}
