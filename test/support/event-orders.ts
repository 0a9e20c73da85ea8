import { memoryTable } from "../../functions/adapters/memory-table.ts";
import { pairStore } from "../../functions/adapters/pair-store.ts";
import { sendLedger } from "../../functions/adapters/send-ledger.ts";
import { valve } from "../../functions/adapters/valve.ts";
import { plusMinutes } from "../../functions/core/instant.ts";
import { readMailEvent } from "../../functions/feedback/mail-event.ts";
import { settleEvent } from "../../functions/feedback/settle-event.ts";
import type { Ports, Row } from "../../functions/ports.ts";
import { rememberingTable, type TestMail, type TestService } from "./service.ts";
import { eventOf } from "./ses-events.ts";

/** Every event that SES has about one mail, in the order and at the minute at which it happens. */
export const SHAPES = {
  Send: { type: "Send", minute: 0 },
  RenderingFailure: { type: "Rendering Failure", minute: 1 },
  Reject: { type: "Reject", minute: 1 },
  DeliveryDelay: { type: "DeliveryDelay", minute: 5 },
  Delivery: { type: "Delivery", minute: 10 },
  HardBounce: { type: "Bounce", minute: 11, bounceType: "Permanent" },
  SoftBounce: { type: "Bounce", minute: 11, bounceType: "Transient" },
  Complaint: { type: "Complaint", minute: 60 },
} as const;
export type Shape = keyof typeof SHAPES;

/** What is stored, in a table of its own. */
export interface CopiedService {
  readonly ports: Ports;
  readonly alarms: readonly string[];
  rows(): Promise<readonly Row[]>;
}

/** The service's rows in a table of their own, which whatever happens to them leaves the service's as they are. */
export async function copyOf(service: TestService, rows: readonly Row[]): Promise<CopiedService> {
  // One table for both: no two of their rows have the same key.
  const table = rememberingTable(memoryTable());
  for (const row of rows) await table.put(row, "absent");
  const alarms: string[] = [];
  const ports: Ports = {
    ...service.ports,
    pairs: pairStore(table),
    ledger: sendLedger(table),
    valve: valve(table),
    queues: { put: async () => undefined },
    log: { info: () => undefined, error: (event) => alarms.push(event) },
  };
  return { ports, alarms, rows: table.rows };
}

/** The course's mails are read and never written, and the form's counters are not asked. */
export async function rowsOf(service: Pick<TestService, "rows">): Promise<readonly Row[]> {
  return (await service.rows()).filter(({ pk }) => !/^(COURSE|LIMIT|WATERMARK)#/.test(pk));
}

/** A place that some order of the events leads to: what is stored, and which of them were told by then. */
export interface Place {
  readonly told: ReadonlySet<Shape>;
  readonly copy: CopiedService;
}

/**
 * Every place to which the events lead, each told any number of times or never, in every order there is.
 * What an event does depends on nothing but what is stored, so from each place every event is tried once, and
 * places that are alike are one: all orders are walked without being counted out.
 */
export async function everyPlace(
  service: TestService,
  mail: TestMail,
  start: readonly Row[],
  shapes: readonly Shape[],
): Promise<readonly Place[]> {
  const places: Place[] = [{ told: new Set(), copy: await copyOf(service, start) }];
  const known = new Set<string>();
  for (const { told, copy } of places) {
    const rows = await copy.rows();
    for (const shape of shapes) {
      const next = await copyOf(service, rows);
      await tellCopy(next, mail, shape);
      const place = { told: new Set([...told, shape]), copy: next };
      const left = (await next.rows()).map(({ version: _, ...row }) => row);
      const name = JSON.stringify([[...place.told].sort(), left]);
      if (known.has(name)) continue;
      known.add(name);
      places.push(place);
      if (places.length > PLACES_MAX)
        throw new Error("an event told again goes on changing things");
    }
  }
  return places;
}

/** Many times what there are; an event that changes something each time it is told leads on and on. */
const PLACES_MAX = 4_000;

export async function tellCopy({ ports }: CopiedService, mail: TestMail, shape: Shape) {
  const { type, minute, ...bounce } = SHAPES[shape];
  const bounceType = "bounceType" in bounce ? bounce.bounceType : undefined;
  const event = eventOf(mail, type, plusMinutes(mail.at, minute), bounceType);
  return settleEvent(ports, readMailEvent(event));
}
