import { FAREWELL } from "../core/allowed.ts";
import type { Pair, SeatId } from "../core/pair.ts";
import type { Send } from "../core/send.ts";
import type { Ports } from "../ports.ts";

/** A claimed send with the person it goes to, read after the claim. */
export interface AddressedSend {
  readonly send: Send;
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  /** Absent only for mail that is about no pair. */
  readonly pair?: Pair;
}

const COHORT_OWNER = "cohort-";

/**
 * The person whom this send names, by seat and holder number.
 *
 * @param writer who gets the one answer that goes to somebody whom we have forgotten
 * @returns undefined when nobody holds that number any more (the seat changed hands, or its holder
 * was erased), or the pair or the cohort is gone
 */
export async function findRecipient(
  ports: Pick<Ports, "pairs" | "settings">,
  send: Send,
  writer?: string,
): Promise<AddressedSend | undefined> {
  if (send.owner.startsWith(COHORT_OWNER)) return ofCohort(ports, send);
  const pair = await ports.pairs.read(send.owner);
  if (pair === undefined) return undefined;
  if (send.seat === "coordinator") return toCoordinator(ports, send, pair.cohort, pair);
  const person = personIn(pair, send.seat, send.holder);
  if (person !== undefined) return { send, pair, ...person };
  const isFarewell = writer !== undefined && send.mail === FAREWELL;
  return isFarewell ? { send, pair, name: "", email: writer, agency: "" } : undefined;
}

/** The seat's holder, or the colleague who was named to follow, whose number is reserved; nobody who was forgotten. */
export function personIn(
  pair: Pair,
  seat: SeatId,
  holder: number,
): { readonly name: string; readonly email: string; readonly agency: string } | undefined {
  const { successor, ...present } = pair.seats[seat];
  const found = [present, successor].find((person) => person?.holder === holder);
  return found === undefined || found.email === ""
    ? undefined
    : { name: found.name, email: found.email, agency: found.agency };
}

function ofCohort(ports: Pick<Ports, "settings">, send: Send): AddressedSend | undefined {
  return toCoordinator(ports, send, send.owner.slice(COHORT_OWNER.length));
}

function toCoordinator(
  ports: Pick<Ports, "settings">,
  send: Send,
  cohortName: string,
  pair?: Pair,
): AddressedSend | undefined {
  const email = ports.settings.cohorts[cohortName]?.coordinators[send.holder - 1];
  if (email === undefined) return undefined;
  return { send, name: "", email, agency: "", ...(pair === undefined ? {} : { pair }) };
}
