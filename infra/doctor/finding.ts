/** One line of the doctor: what was looked at, and how it is. */
export type Finding =
  | { readonly kind: "ok"; readonly about: string; readonly says: string }
  | {
      readonly kind: "wrong";
      readonly about: string;
      readonly says: string;
      /** The exact command, DNS record or heading of the runbook that mends it. */
      readonly mend: string;
    };

export function ok(about: string, says: string): Finding {
  return { kind: "ok", about, says };
}

export function wrong(about: string, says: string, mend: string): Finding {
  return { kind: "wrong", about, says, mend };
}

/** One line, so that `grep wrong` finds each with what mends it. */
export function lineOf(finding: Finding): string {
  const { about, says } = finding;
  return finding.kind === "ok"
    ? `ok     ${about}: ${says}`
    : `wrong  ${about}: ${says} To mend: ${finding.mend}`;
}
