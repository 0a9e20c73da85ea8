import { domainToASCII } from "node:url";
import * as z from "zod";

/** Names go into mails to people who never asked for one; this is room for a name, not for a message. */
export const NAME_CHARACTERS_MAX = 60;
/** RFC 5321: a path holds 256 octets, two of them its angle brackets. */
export const ADDRESS_CHARACTERS_MAX = 254;
/** RFC 5321, section 4.5.3.1.1. */
const LOCAL_PART_CHARACTERS_MAX = 64;

/** What a message calls the field: "your name", "your partner's agency". */
export type FieldWords = string;

/** What a form's field holds, or what is wrong with it and how to mend that. */
export type FieldReading =
  | { readonly kind: "read"; readonly value: string }
  | { readonly kind: "refused"; readonly message: string };

export function nameField(words: FieldWords) {
  return fieldRead((typed) => readName(typed, words), words);
}

export function emailField(words: FieldWords) {
  return fieldRead((typed) => readAddress(typed, words), words);
}

function fieldRead(read: (typed: string) => FieldReading, words: FieldWords) {
  return z.string({ error: `Enter ${words}.` }).transform((typed, context) => {
    const reading = read(typed);
    if (reading.kind === "read") return reading.value;
    context.addIssue({ code: "custom", message: reading.message });
    return z.NEVER;
  });
}

/**
 * A person's or an agency's name as they write it: any script, accents, hyphens, apostrophes. Refused
 * is what could make a mail of ours carry somebody else's message: links, addresses, line breaks.
 */
export function readName(typed: string, words: FieldWords): FieldReading {
  const name = typed.normalize("NFC").replace(INVISIBLE, "").trim().replace(/ {2,}/g, " ");
  if (!/[\p{L}\p{N}]/u.test(name)) return refused(`Enter ${words}.`);
  if ([...name].length > NAME_CHARACTERS_MAX) {
    return refused(`Shorten ${words} to ${NAME_CHARACTERS_MAX} characters or less.`);
  }
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    return refused(`Type ${words} again by hand, on one line. It holds a sign we cannot use.`);
  }
  if (/[<>]/.test(name)) return refused(`Leave the signs < and > out of ${words}.`);
  return holdsLink(name)
    ? refused(`Leave web and email addresses out of ${words}. After a period, put a space.`)
    : { kind: "read", value: name };
}

/** A work address that SES can deliver to; its domain comes back in lower-case ASCII (RFC 5891). */
export function readAddress(typed: string, words: FieldWords): FieldReading {
  const text = typed.replace(INVISIBLE, "").trim();
  if (text === "") return refused(`Enter ${words}.`);
  if (text.length > ADDRESS_CHARACTERS_MAX) {
    return refused(`Enter a shorter address: up to ${ADDRESS_CHARACTERS_MAX} characters.`);
  }
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at > 0 && /[^\0-\x7f]/.test(local)) {
    // SES has no SMTPUTF8, so such a mailbox never gets a mail from us.
    return refused(
      "We cannot send to an address with accents before the @ sign. Use one with plain letters only.",
    );
  }
  const address = `${local}@${asciiDomain(text.slice(at + 1))}`;
  return isDeliverable(address)
    ? { kind: "read", value: address }
    : refused(`Check ${words}. It should look like name@agency.example.`);
}

/**
 * What somebody may have meant who ends an address in `.con`. Only for a second look: the address is
 * taken as it stands.
 */
export function likelyMeant(address: string): string | undefined {
  const [, local, domain] = /^(.*@)([^@]*)$/.exec(address) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  const whole = SLIPS_OF_DOMAIN[domain];
  if (whole !== undefined) return `${local}${whole}`;
  const dot = domain.lastIndexOf(".");
  const ending = SLIPS_OF_ENDING[domain.slice(dot + 1)];
  return ending === undefined ? undefined : `${local}${domain.slice(0, dot + 1)}${ending}`;
}

/** None of these exist as top-level domains. */
const SLIPS_OF_ENDING: Readonly<Record<string, string>> = {
  con: "com",
  cmo: "com",
  ocm: "com",
  vom: "com",
  ogr: "org",
  rog: "org",
  gvo: "gov",
  ogv: "gov",
  edi: "edu",
  nte: "net",
};

const SLIPS_OF_DOMAIN: Readonly<Record<string, string>> = {
  "gmial.com": "gmail.com",
  "gmal.com": "gmail.com",
  "gamil.com": "gmail.com",
  "hotmial.com": "hotmail.com",
  "outlok.com": "outlook.com",
  "yaho.com": "yahoo.com",
};

/** Signs nobody sees, which come along when text is copied; some of them turn text around. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Mail programs turn `word.word` into a link, with or without `https://`. */
function holdsLink(name: string): boolean {
  return /:\/\/|www\.|@|[\p{L}\p{N}-]{2}\.\p{L}{2}|\.\p{L}{2,}\//iu.test(name);
}

function asciiDomain(domain: string): string {
  if (!/[^\0-\x7f]/.test(domain)) return domain.toLowerCase();
  // Percent signs and slashes mean something to a host parser and nothing in an address.
  const otherSigns = /[\0-\x7f]/g;
  const harmless = [...domain.matchAll(otherSigns)].every(([sign]) => /[a-z0-9.-]/i.test(sign));
  return harmless ? domainToASCII(domain) : "";
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);

/** RFC 5321's dot-string at a domain with a dot; no quoted names, comments or address literals. */
function isDeliverable(address: string): boolean {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  return (
    address.length <= ADDRESS_CHARACTERS_MAX &&
    local.length <= LOCAL_PART_CHARACTERS_MAX &&
    LOCAL_PART.test(local) &&
    DOMAIN.test(address.slice(at + 1))
  );
}

function refused(message: string): FieldReading {
  return { kind: "refused", message };
}
