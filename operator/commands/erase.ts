import * as z from "zod";
import type { Pair } from "../../functions/core/pair.ts";
import { type Erasure, erasePerson } from "../../functions/partner/erase-person.ts";
import { eraseMail, type MailErasure } from "../../functions/receive/erase-mail.ts";
import { command, done, type Outcome, type Question, refused } from "../command.ts";
import { everyPair } from "../every-pair.ts";
import { pairField, seatField } from "../fields.ts";
import type { OperatorPorts } from "../ports.ts";
import { noSuchPair } from "../refusals.ts";
import { columns, counted } from "../text.ts";

export const erase = command({
  name: "erase",
  summary: "Erases one person everywhere, and prints a receipt that names nobody",
  arguments: [
    { word: "<person>", about: "their address, or the id of a pair they sit in" },
    { word: "[seat]", about: "with a pair's id: sp or le" },
  ],
  notes:
    "Cannot be taken back. The seat is empty at once and the partner is told that it is open, not why; if nobody follows within four weeks the pair ends. What was logged stays as kinds and days. A stop, bounce or complaint stays as the address's fingerprint, so that nobody writes there again. Doing it again completes what was cut off. Backups of the tables forget after 35 days; a pair restored from one is erased again by itself.",
  example: "erase ada@harbor.example",
  takes: z
    .object({ person: z.union([z.email(), pairField]), seat: seatField.optional() })
    .refine(({ person, seat }) => person.includes("@") === (seat === undefined), {
      error: "an address goes alone, a pair's id needs a seat",
      path: ["seat"],
    }),
  asks: askErase,
  perform: performErase,
});

type Whom = { readonly person: string; readonly seat?: "sp" | "le" | undefined };

async function askErase(ports: OperatorPorts, whom: Whom): Promise<Question> {
  const found = await find(ports, whom);
  if (found.kind === "refused") return found;
  const { seats } = found;
  return {
    kind: "ask",
    question: `This erases one person from ${counted(found.pairs.length, "pair")} (${counted(seats, "seat")} held now). It cannot be taken back.`,
  };
}

async function performErase(ports: OperatorPorts, whom: Whom): Promise<Outcome> {
  const found = await find(ports, whom);
  if (found.kind === "refused") return found;
  const erasure = await erasePerson(ports, found.email, found.pairs);
  const mail = await eraseMail(ports, found.email);
  const facts = { erasedAt: ports.clock.now(), ...erasure, ...mail };
  return done(facts, receipt(facts));
}

interface Found {
  readonly kind: "found";
  readonly email: string;
  readonly pairs: readonly string[];
  readonly seats: number;
}

async function find(
  ports: OperatorPorts,
  { person, seat }: Whom,
): Promise<Found | Extract<Outcome, { kind: "refused" }>> {
  if (seat === undefined) return findEverywhere(ports, person);
  const pair = await ports.pairs.read(person);
  if (pair === undefined) return noSuchPair(person);
  const { email } = pair.seats[seat];
  if (email !== "") return findEverywhere(ports, email);
  return refused(
    `The seat ${seat} of ${person} holds nobody's name any more.`,
    "If an erasure was cut off, give the address: that completes it.",
  );
}

/**
 * Every pair is looked into as well, and not only those the address leads to: it may be somebody's further
 * address, and after a restore of the pairs' table the ledger alone may know of a seat that was left.
 */
async function findEverywhere(ports: OperatorPorts, email: string) {
  const address = ports.signer.hashAddress(email);
  const pairs = await everyPair(ports);
  const theirs = await Promise.all(pairs.map((pair) => isIn(ports, pair, address)));
  const ids = new Set([
    ...pairs.filter((_, index) => theirs[index]).map(({ id }) => id),
    ...(await ports.pairs.pairsEverOf(address)),
  ]);
  if (ids.size === 0) {
    return refused("Nobody with that address is known here.", "Erased before, or misspelt?");
  }
  const seats = pairs.flatMap((pair) => seatsOf(ports, pair, address)).length;
  return { kind: "found", email, pairs: [...ids], seats } as const;
}

async function isIn(ports: OperatorPorts, pair: Pair, address: string): Promise<boolean> {
  const isNamed = Object.values(pair.seats).some(
    ({ successor, aliases }) =>
      aliases.includes(address) || ports.signer.hashAddress(successor?.email ?? "") === address,
  );
  if (isNamed || seatsOf(ports, pair, address).length > 0) return true;
  return (await ports.ledger.consents(pair.id)).some((consent) => consent.address === address);
}

function seatsOf({ signer }: OperatorPorts, { seats }: Pair, address: string) {
  return Object.values(seats).filter(({ email }) => signer.hashAddress(email) === address);
}

interface Receipt extends Erasure, MailErasure {
  readonly erasedAt: string;
}

function receipt(facts: Receipt): string {
  const rows = [
    ["pairs", facts.pairs],
    ["seats emptied", facts.seats],
    ["invitations to follow taken back", facts.invitations],
    ["consents without their address", facts.consents],
    ["other fingerprints of addresses", facts.fingerprints],
    ["counters", facts.limits],
    ["stored mails deleted", facts.mails],
    ["taken off SES's own list", facts.sesList],
    ["kept: suppression of the address", facts.keptSuppressions],
  ].map(([what, count]) => [String(what), String(count)]);
  const unseen =
    facts.mailsUnseen === 0
      ? ""
      : `\n${counted(facts.mailsUnseen, "stored mail")} could not be looked into from here. Each is deleted when it is read, within seven days at most.`;
  return `Erased on ${facts.erasedAt}. This receipt names nobody and may be kept.\n${columns(rows, "  ")}${unseen}`;
}
