import { type FieldError, Page, type Site } from "../adapters/page-frame.tsx";
import { DayText, Notice, SummaryList } from "../adapters/page-parts.tsx";
import type { SlotAnswers } from "../adapters/slot-fieldset.tsx";
import type { Day } from "../core/instant.ts";
import type { Slot } from "../core/slot.ts";
import { dayWords, slotWords } from "../core/wording.ts";
import { AgreementSummary, type AgreementView } from "./agreement-summary.tsx";
import { CorrectAddress, HandOver, type HandOverView } from "./hand-over.tsx";
import { OwnData } from "./own-data-pages.tsx";
import { ChangeSlot, SignOut, TakeABreak } from "./settings.tsx";

/** Everything a partner sees about their pair, after signing in. Of the other seat: what both were told. */
export interface PartnerView {
  readonly you: { readonly name: string; readonly email: string };
  /** Absent while the other seat is open. */
  readonly partner?: { readonly name: string; readonly email: string; readonly agency: string };
  readonly standing: PartnerStanding;
  /** Absent when no lesson is coming: on hold, or all of them sent. */
  readonly nextLesson?: { readonly week: number; readonly on: Day };
  readonly lessons: { readonly sent: number; readonly total: number };
  readonly slot: Slot;
  /** Newest first; entries that were taken back are left out. */
  readonly log: readonly LogLine[];
  readonly agreement: AgreementView;
  /** Absent before the start and after the end, when there is nothing to hand over. */
  readonly handOver?: HandOverView;
  /** The invited partner's address that failed, while the signer can still correct it. */
  readonly failedAddress?: string;
}

export type PartnerStanding =
  | { readonly kind: "waiting" }
  | { readonly kind: "running" }
  /** Lessons wait; whose turn it is to come back is not said. */
  | { readonly kind: "on-hold" }
  /** The reader's own break. */
  | { readonly kind: "paused"; readonly until?: Day }
  | { readonly kind: "finished" }
  | { readonly kind: "ended" };

export interface LogLine {
  /** In plain words: "coffee", "two short lists". */
  readonly what: string;
  readonly on: Day;
  readonly by: "you" | "partner";
}

/** What the reader just did, said once at the top of the page they come back to. */
export type PartnerNotice =
  | "slot-changed"
  | "paused"
  | "resumed"
  | "named"
  | "taken-back"
  | "corrected";

export interface PartnerPageProps {
  readonly site: Site;
  readonly view: PartnerView;
  readonly notice?: PartnerNotice;
  /** What was typed into the slot form when something was wrong with it. */
  readonly slotAnswers?: SlotAnswers;
  /** The address that was typed when something was wrong with it. */
  readonly typedAddress?: string;
  readonly errors?: readonly FieldError[];
}

/** Posts to `/partner` with `act`: `slot`, `hand-over`, `take-back`, `correct`, `pause`, `resume`, `stop`, `erase` or `sign-out`. */
export function PartnerPage(props: PartnerPageProps) {
  const { site, view, notice, slotAnswers, typedAddress: typed, errors = [] } = props;
  const isOver = view.standing.kind === "ended";
  return (
    <Page site={site} title="Your page" lead={`Signed in as ${view.you.name}`} errors={errors}>
      {notice === undefined ? null : (
        <Notice tone="done">
          <p>{NOTICE_WORDS[notice]}</p>
        </Notice>
      )}
      {view.failedAddress === undefined ? null : (
        <CorrectAddress failed={view.failedAddress} typed={typed} errors={errors} />
      )}
      <Standing view={view} />
      <h2>What you two have done</h2>
      <Log lines={view.log} />
      <h2>Your written agreement</h2>
      <AgreementSummary agreement={view.agreement} />
      <h2>Your partner</h2>
      <Partner partner={view.partner} />
      {isOver ? null : <ChangeSlot slot={view.slot} answers={slotAnswers} errors={errors} />}
      {view.handOver === undefined ? null : (
        <HandOver view={view.handOver} typed={typed} errors={errors} />
      )}
      {isOver ? null : <TakeABreak paused={view.standing.kind === "paused"} />}
      <OwnData />
      <SignOut />
    </Page>
  );
}

const NOTICE_WORDS: Readonly<Record<PartnerNotice, string>> = {
  "slot-changed": "The new day and time are saved. Your partner is told.",
  paused: "Your mail is paused. Lessons wait for both of you.",
  resumed: "Welcome back. Lessons go on.",
  named: "Your colleague is invited. The seat is yours until they say yes.",
  "taken-back": "The invitation is taken back. The seat stays yours.",
  corrected: "Thank you. The new address is saved, and the next step is on its way.",
};

function Standing({ view }: { readonly view: PartnerView }) {
  const { lessons, nextLesson, slot, standing } = view;
  return (
    <>
      <h2>Lessons</h2>
      <SummaryList
        rows={[
          { term: "Now", detail: standingWords(standing) },
          {
            term: "Next lesson",
            detail:
              nextLesson === undefined ? (
                "None planned"
              ) : (
                <>
                  Week {nextLesson.week}, on <DayText day={nextLesson.on} />
                </>
              ),
          },
          { term: "So far", detail: `${lessons.sent} of ${lessons.total} lessons` },
          { term: "Day and time", detail: slotWords(slot) },
        ]}
      />
    </>
  );
}

function standingWords(standing: PartnerStanding): string {
  switch (standing.kind) {
    case "waiting":
      return "We wait until you have both said yes";
    case "running":
      return "Lessons are under way";
    case "on-hold":
      return "Lessons are on hold. They go on by themselves when both seats are ready";
    case "paused":
      return standing.until === undefined
        ? "You are taking a break, until you come back"
        : `You are taking a break until ${dayWords(standing.until)}`;
    case "finished":
      return "You have had all lessons. A short mail comes now and then";
    case "ended":
      return "This pair has ended. No more mail comes";
  }
}

function Log({ lines }: { readonly lines: readonly LogLine[] }) {
  if (lines.length === 0) {
    return (
      <p>
        Nothing logged yet. When you have done a step, reply DONE to the mail that asked for it.
      </p>
    );
  }
  return (
    <>
      <table>
        <caption class="vh">What you and your partner have logged, newest first</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Day</th>
            <th scope="col">Logged by</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ what, on, by }) => (
            <tr>
              <th scope="row">{what}</th>
              <td data-label="Day">
                <DayText day={on} />
              </td>
              <td data-label="Logged by">{LOGGED_BY[by]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>Is something wrong? Reply FIX to the mail that said it was logged.</p>
    </>
  );
}

const LOGGED_BY = { you: "You", partner: "Your partner" } as const;

function Partner({ partner }: { readonly partner: PartnerView["partner"] }) {
  if (partner === undefined) {
    return <p>The other seat is open. We tell you when somebody takes it.</p>;
  }
  return (
    <>
      <p>
        {partner.name}, {partner.agency}
        <br />
        <a href={`mailto:${partner.email}`}>{partner.email}</a>
      </p>
      <p>Write to each other directly. We pass nothing on.</p>
    </>
  );
}
