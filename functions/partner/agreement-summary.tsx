import { DayText } from "../adapters/page-parts.tsx";
import type { Day } from "../core/instant.ts";

/** Where a pair stands with its Memorandum of Understanding (MOU). */
export interface AgreementView {
  readonly state:
    | "undecided"
    | "drafting"
    | "with-leadership"
    | "in-force"
    | "review-due"
    | "not-needed";
  readonly reviewOn?: Day;
}

const STATE_WORDS: Readonly<Record<AgreementView["state"], string>> = {
  undecided: "You have not decided yet whether you need one.",
  drafting: "You are working on a draft.",
  "with-leadership": "It is with the people who must sign it.",
  "in-force": "You have one.",
  "review-due": "You have one, and it is time to read it through.",
  "not-needed": "You decided that you do not need one. That is a result too.",
};

export function AgreementSummary({ agreement }: { readonly agreement: AgreementView }) {
  return (
    <p>
      {STATE_WORDS[agreement.state]}
      {agreement.reviewOn === undefined ? null : (
        <>
          {" "}
          Read it through again on <DayText day={agreement.reviewOn} withYear />.
        </>
      )}
    </p>
  );
}
