/**
 * Whether two domains are of one organisation, as DMARC's relaxed alignment asks (RFC 7489, 3.1): below the same
 * name that somebody registered.
 *
 * What can be registered where, only the list of public suffixes knows whole. SES's own DMARC verdict goes by
 * it; this is for domains without a policy, by rules of our own (docs/decisions/0015-organisations.md). Where
 * they know an ending too little, only a domain and what lies within it are one.
 */
export function isSameOrganisation(one: string, other: string): boolean {
  if (one === other) return one !== "";
  const [mine, theirs] = [registeredOf(one), registeredOf(other)];
  if (mine !== "unknown" && theirs !== "unknown") return mine !== undefined && mine === theirs;
  const [short = "", long = ""] = [one, other].sort((left, right) => left.length - right.length);
  return short.includes(".") && long.endsWith(`.${short}`);
}

/** The registered name a domain lies in; undefined for an ending itself, below which anybody may register. */
function registeredOf(domain: string): string | undefined | "unknown" {
  const labels = domain.split(".");
  const ending = endingOf(labels);
  if (ending === "unknown") return ending;
  return labels.length > ending ? labels.slice(-1 - ending).join(".") : undefined;
}

/** How many labels the ending has. Countries' own endings have one or two, as each registry likes; `.us` we know. */
function endingOf(labels: readonly string[]): number | "unknown" {
  const [third = "", second = "", last = ""] = ["", "", ...labels].slice(-3);
  if (last === "us") return endingInUs(third, second);
  if (!/^[a-z][a-z0-9-]{2,}$/.test(last)) return "unknown";
  return SHARED.includes(`${second}.${last}`) ? 2 : 1;
}

/** Names below which others register: tenants of Microsoft's mail, and shops that sell country-like names. */
const SHARED: readonly string[] = [
  ...["onmicrosoft.com", "us.com", "us.org", "uk.com", "eu.com", "co.com", "gb.net", "us.net"],
];

/** `albany.ny.us` is a place's own, and `troy.k12.ny.us` a school district's: in states a place registers. */
function endingInUs(third: string, second: string): number {
  if (/^[a-z]{2}$/.test(second)) return ["k12", "cc", "lib"].includes(third) ? 3 : 2;
  return ["fed", "dni", "isa", "kids", "nsn"].includes(second) ? 2 : 1;
}
