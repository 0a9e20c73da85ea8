/** SES's receipt rules in one region: of all sets, one is active, whoever made it. */
export interface ReceiptRules {
  /** Name of the active set; undefined when there is none. */
  active(): Promise<string | undefined>;
  /** Makes the set the active one; without a name none is, and all mail is refused. */
  activate(set?: string): Promise<void>;
}

export type Activation = "active" | "another-is";

/** Makes our set the active one, unless another application's is: a person adds our rule to that. */
export async function activateRules(rules: ReceiptRules, set: string): Promise<Activation> {
  const active = await rules.active();
  if (active !== undefined && active !== set) return "another-is";
  if (active === undefined) await rules.activate(set);
  return "active";
}

/** Before our set is deleted, which SES refuses while it is active. Another application's stays. */
export async function deactivateRules(rules: ReceiptRules, set: string): Promise<void> {
  if ((await rules.active()) === set) await rules.activate();
}
