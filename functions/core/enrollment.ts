import type { Pair, Role } from "./pair.ts";
import type { Slot } from "./slot.ts";

/** What the sign-up form says, checked and trimmed; addresses in the form in which mail is sent to them. */
export interface SignUp {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly agency: string;
  readonly partnerName: string;
  readonly partnerEmail: string;
  readonly partnerAgency: string;
  readonly slot: Slot;
  readonly cohort: string;
}

/** A programme's setting for the pairs that sign up through its form. */
export interface Cohort {
  /** Its key in links and tables, such as `demo`; never changed for a live programme. */
  readonly name: string;
  /** What pages and mails call it. */
  readonly title: string;
  /** Slug of the course its pairs take. */
  readonly course: string;
  /** Who approves, is asked for help and sees the list of pairs; the first one is named in the mails. */
  readonly coordinators: readonly string[];
  readonly approval: "never" | "unlisted-domains" | "always";
  /** Domains of work addresses that need no approval under `unlisted-domains`. */
  readonly workDomains: readonly string[];
}

/** True when a coordinator has to approve before the partner is written to. */
export function needsApproval(cohort: Cohort, addresses: readonly string[]): boolean {
  switch (cohort.approval) {
    case "never":
      return false;
    case "always":
      return true;
    case "unlisted-domains":
      return addresses.some((address) => !cohort.workDomains.includes(domainOf(address)));
  }
}

/** The same for a pair; one whose cohort is no longer set up waits for a person. */
export function pairNeedsApproval(
  cohorts: Readonly<Record<string, Cohort>>,
  pair: Pick<Pair, "cohort" | "seats">,
): boolean {
  const cohort = cohorts[pair.cohort];
  return cohort === undefined || needsApproval(cohort, [pair.seats.sp.email, pair.seats.le.email]);
}

/** The part after the last @, lower-case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
