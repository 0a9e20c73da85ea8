import type { FieldError } from "../adapters/page-frame.tsx";
import { emailField } from "../adapters/person-fields.ts";
import type { Act } from "../core/plan.ts";
import { actOfPress } from "./act-of-press.ts";
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
  const act = await actOfPress(ports, holder);
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

function handOver(
  ports: AddressPorts,
  { pairId, seat, holder }: Holder,
  fields: Fields,
  act: Act,
): Promise<AddressAnswer> {
  const field = { name: COLLEAGUE_FIELD, words: "your colleague's work email address" };
  return withAddress(fields, field, async (email) => {
    const by = { kind: "leaver", holder } as const;
    const outcome = await nameColleague(ports, { pairId, seat, email, by }, act);
    if (outcome === "named") return { kind: "done", notice: "named" };
    if (outcome === "already-named" || outcome === "over") return { kind: "unchanged" };
    return NAMING_WORDS[outcome];
  });
}

function correct(
  ports: AddressPorts,
  holder: Holder,
  fields: Fields,
  act: Act,
): Promise<AddressAnswer> {
  const field = { name: PARTNER_FIELD, words: "your partner's work email address" };
  return withAddress(fields, field, async (email) => {
    const outcome = await correctAddress(ports, holder, email, act);
    if (outcome === "corrected") return { kind: "done", notice: "corrected" };
    return outcome === "over" ? { kind: "unchanged" } : CORRECTION_WORDS[outcome];
  });
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

interface AddressField {
  readonly name: string;
  /** What is missing when it is empty: "your partner's work email address". */
  readonly words: string;
}

/** Reads the address that was typed, and does something with it that refuses it by a sentence. */
async function withAddress(
  fields: Fields,
  { name, words }: AddressField,
  perform: (email: string) => Promise<AddressAnswer | string>,
): Promise<AddressAnswer> {
  const typed = fields[name];
  const email = emailField(words).safeParse(typed);
  if (!email.success) {
    const message = email.error.issues[0]?.message ?? "";
    return refused(name, message, typeof typed === "string" ? typed : "");
  }
  const answer = await perform(email.data);
  return typeof answer === "string" ? refused(name, answer, email.data) : answer;
}

function refused(field: string, message: string, typedAddress: string) {
  return { kind: "refused", errors: [{ field, message }], typedAddress } as const;
}
