import type * as z from "zod";
import type { Row } from "../ports.ts";
import { consentRow, gapRow, sendRow, suppressionRow } from "./ledger-row.ts";
import { actionRow, addressRow, coupleRow, pairRow, replyRow } from "./pair-row.ts";
import {
  breakerRow,
  currentRow,
  failedRow,
  limitRow,
  mailRow,
  pacerRow,
  sessionRow,
  signInRow,
  valveRow,
  watermarkRow,
} from "./service-row.ts";

interface RowType {
  readonly pk: string;
  readonly sk: string;
  readonly schema: z.ZodType;
}

/**
 * Every kind of row there is, by how its keys begin. What is not listed cannot be stored: there is no
 * place for anything about a person but what these schemas name.
 */
export const ROW_TYPES: readonly RowType[] = [
  { pk: "PAIR#", sk: "PAIR", schema: pairRow },
  { pk: "PAIR#", sk: "ACTION#", schema: actionRow },
  { pk: "PAIR#", sk: "REPLY#", schema: replyRow },
  { pk: "ADDRESS#", sk: "PAIR#", schema: addressRow },
  { pk: "COUPLE#", sk: "-", schema: coupleRow },
  { pk: "COURSE#", sk: "EDITION#", schema: mailRow },
  { pk: "COURSE#", sk: "CURRENT", schema: currentRow },
  { pk: "LIMIT#", sk: "", schema: limitRow },
  { pk: "SIGN-IN#", sk: "-", schema: signInRow },
  { pk: "SESSION#", sk: "-", schema: sessionRow },
  { pk: "WATERMARK#", sk: "-", schema: watermarkRow },
  { pk: "BREAKER#", sk: "-", schema: breakerRow },
  { pk: "VALVE", sk: "-", schema: valveRow },
  { pk: "FAILED#", sk: "MAIL#", schema: failedRow },
  { pk: "PACER", sk: "-", schema: pacerRow },
  { pk: "PAIR#", sk: "SEND#", schema: sendRow },
  { pk: "COHORT#", sk: "SEND#", schema: sendRow },
  { pk: "PAIR#", sk: "CONSENT#", schema: consentRow },
  { pk: "PAIR#", sk: "GAP#", schema: gapRow },
  { pk: "SUPPRESSED#", sk: "-", schema: suppressionRow },
];

/**
 * A copy of the row that may be stored, or that was: undefined values left out, every attribute and
 * every value in it one that the row's type lists.
 * @throws Error naming the row's type and the attributes, never the values
 */
export function storableRow(row: Row): Row {
  const plain: unknown = JSON.parse(JSON.stringify(row));
  const type = ROW_TYPES.find(({ pk, sk }) => row.pk.startsWith(pk) && row.sk.startsWith(sk));
  if (type === undefined) throw new Error("A row of no known type cannot be stored.");
  const checked = type.schema.safeParse(plain);
  if (checked.success) return checked.data as Row;
  throw new Error(
    `A ${type.pk} / ${type.sk} row does not fit its schema: ${attributesOf(checked.error)}.`,
  );
}

function attributesOf(error: z.ZodError): string {
  const places = error.issues.flatMap((issue) => {
    const place = issue.path.map(String).join(".");
    if (issue.code !== "unrecognized_keys") return `${place} (${issue.code})`;
    return issue.keys.map((key) => `${[place, key].filter(Boolean).join(".")} (not listed)`);
  });
  return [...new Set(places)].join(", ");
}
