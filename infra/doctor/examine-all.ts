import { ACCOUNT_CHECKS, CREDENTIALS, STACKS } from "./account-checks.ts";
import { type Check, examine, type Patient } from "./check.ts";
import { DNS_CHECKS } from "./dns-checks.ts";
import type { Finding } from "./finding.ts";
import { MAIL_CHECKS } from "./mail-checks.ts";
import { SERVICE_CHECKS } from "./service-checks.ts";

/**
 * Everything there is to say, in the order in which a person mends it: without credentials only that,
 * before the first deployment only what an account and a region have to bring.
 */
export async function examineAll(patient: Patient): Promise<readonly Finding[]> {
  const credentials = await examine(CREDENTIALS, patient);
  if (credentials.some(isWrong)) return credentials;
  const before = [...credentials, ...(await examineEach(ACCOUNT_CHECKS, patient))];
  const stacks = await examine(STACKS, patient);
  if (stacks.some(isWrong)) return [...before, ...stacks];
  const after = await examineEach([...MAIL_CHECKS, ...DNS_CHECKS, ...SERVICE_CHECKS], patient);
  return [...before, ...stacks, ...after];
}

async function examineEach(
  checks: readonly Check[],
  patient: Patient,
): Promise<readonly Finding[]> {
  return (await Promise.all(checks.map((check) => examine(check, patient)))).flat();
}

function isWrong({ kind }: Finding): boolean {
  return kind === "wrong";
}
