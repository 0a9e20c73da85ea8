import type { FieldError } from "../adapters/page-frame.tsx";
import { emailField } from "../adapters/person-fields.ts";
import type { Act } from "../core/plan.ts";
import { type CorrectionOutcome, correctAddress } from "./correct-address.ts";
import { COLLEAGUE_FIELD, PARTNER_FIELD } from "./hand-over.tsx";
import {
  type NameColleaguePorts,
  type NamingOutcome,
  nameColleague,
  unnameColleague,
} from "./name-colleague.ts";
import type { OwnPagePorts } from "./own-page.ts";
import type { PartnerNotice } from "./page.tsx";
import type { Holder } from "./stop-address.ts";

/** What the forms of the own page that hold somebody's address can do. */
export type AddressAct = "hand-over" | "take-back" | "correct";

export type AddressAnswer =
  | { readonly kind: "done"; readonly notice: PartnerNotice }
  /** Done before, or nothing to do any more: the page that comes back shows how it stands. */
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "refused";
      readonly errors: readonly FieldError[];
      readonly typedAddress: string;
    };

type AddressPorts = NameColleaguePorts & OwnPagePorts;
type Fields = Readonly<Record<string, unknown>>;

export async function addressAct(
  ports: AddressPorts,
  holder: Holder,
  what: AddressAct,
  fields: Fields,
): Promise<AddressAnswer> {
  const act: Act = {
    at: ports.clock.now(),
    id: ports.signer.hash("own-page", ports.ids.random(10)),
  };
  switch (what) {
    case "hand-over":
      return handOver(ports, holder, fields, act);
    case "correct":
      return correct(ports, holder, fields, act);
    case "take-back":
      await unnameColleague(
        ports,
        { ...holder, by: { kind: "leaver", holder: holder.holder } },
        act,
      );
      return { kind: "done", notice: "taken-back" };
  }
}

async function handOver(
  ports: AddressPorts,
  holder: Holder,
  fields: Fields,
  act: Act,
): Promise<AddressAnswer> {
  const read = readField(fields, COLLEAGUE_FIELD, "your colleague's work email address");
  if (read.kind === "refused") return read;
  const { pairId, seat } = holder;
  const by = { kind: "leaver", holder: holder.holder } as const;
  const outcome = await nameColleague(ports, { pairId, seat, email: read.email, by }, act);
  if (outcome === "named") return { kind: "done", notice: "named" };
  if (outcome === "already-named" || outcome === "over") return { kind: "unchanged" };
  return refused(COLLEAGUE_FIELD, NAMING_WORDS[outcome], read.email);
}

async function correct(
  ports: AddressPorts,
  holder: Holder,
  fields: Fields,
  act: Act,
): Promise<AddressAnswer> {
  const read = readField(fields, PARTNER_FIELD, "your partner's work email address");
  if (read.kind === "refused") return read;
  const outcome = await correctAddress(ports, holder, read.email, act);
  if (outcome === "corrected") return { kind: "done", notice: "corrected" };
  if (outcome === "over") return { kind: "unchanged" };
  return refused(PARTNER_FIELD, CORRECTION_WORDS[outcome], read.email);
}

/** Why a naming was refused, for whoever typed the address. */
export const NAMING_WORDS: Readonly<
  Record<Exclude<NamingOutcome, "named" | "already-named" | "over">, string>
> = {
  own: "This address has the seat now. Enter the address of the colleague who takes it over.",
  partner: "This address has the other seat. One person cannot hold both.",
  "ask-coordinator":
    "This address is outside the work domains of your group, so a coordinator has to name it. We have told them.",
  later: "Several colleagues were named lately. Ask your coordinator to name the next one.",
};

const CORRECTION_WORDS: Readonly<Record<Exclude<CorrectionOutcome, "corrected" | "over">, string>> =
  {
    same: "This is the address that our mail came back from. Enter the corrected one.",
    own: "This is your own address. Enter your partner's.",
    couple: "You two are signed up together already, at these addresses.",
  };

type FieldRead =
  | { readonly kind: "read"; readonly email: string }
  | Extract<AddressAnswer, { kind: "refused" }>;

function readField(fields: Fields, field: string, words: string): FieldRead {
  const typed = fields[field];
  const email = emailField(words).safeParse(typed);
  if (email.success) return { kind: "read", email: email.data };
  const message = email.error.issues[0]?.message ?? "";
  return refused(field, message, typeof typed === "string" ? typed : "");
}

function refused(field: string, message: string, typedAddress: string) {
  return { kind: "refused", errors: [{ field, message }], typedAddress } as const;
}
