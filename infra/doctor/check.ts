import { factsOfFailure } from "../../functions/adapters/failure.ts";
import type { Instant } from "../../functions/core/instant.ts";
import type { DeploymentSettings } from "../config.ts";
import type { Account, NameServers } from "./account.ts";
import { type Finding, wrong } from "./finding.ts";

/** One deployment, and whom to ask about it. */
export interface Patient {
  readonly settings: DeploymentSettings;
  readonly account: Account;
  readonly dns: NameServers;
  readonly now: Instant;
}

export interface Check {
  /** First words of its lines. */
  readonly about: string;
  look(patient: Patient): Promise<readonly Finding[]>;
}

/** A question that fails is a finding too: the others are still asked. */
export async function examine(check: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await check.look(patient);
  } catch (error) {
    const { error: name } = factsOfFailure(error);
    return [
      wrong(
        check.about,
        `could not be looked at (${name}).`,
        isForbidden(name)
          ? "use the credentials of whoever deploys; AWS refused these"
          : "try again; if it stays, look at https://health.aws.amazon.com/health/status",
      ),
    ];
  }
}

function isForbidden(name: string): boolean {
  return /AccessDenied|AuthorizationError|Forbidden|NotAuthorized/i.test(name);
}
