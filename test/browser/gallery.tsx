import { ErrorPage } from "../../functions/adapters/error-page.tsx";
import {
  AlreadyConfirmedPage,
  BrokenLinkPage,
  ConfirmedPage,
  DeclinedPage,
  FullPage,
  InvitationOverPage,
  InvitationPage,
} from "../../functions/confirm/page.tsx";
import { ApprovalDonePage, ApprovalPage } from "../../functions/coordinator/approval-page.tsx";
import { RosterPage } from "../../functions/coordinator/page.tsx";
import { PairPage } from "../../functions/coordinator/pair-page.tsx";
import { AboutPage } from "../../functions/enroll/about-page.tsx";
import {
  CheckAnswersPage,
  EnrolledPage,
  LaterPage,
  SignUpPage,
} from "../../functions/enroll/page.tsx";
import { keepAnswers, readSignUp } from "../../functions/enroll/sign-up-form.ts";
import type { HandOverView } from "../../functions/partner/hand-over.tsx";
import {
  ControlsPage,
  DonePage,
  GuessPage,
  UndoPage,
  UnsubscribedPage,
  UnsubscribePage,
  WasItYouPage,
} from "../../functions/partner/link-pages.tsx";
import { ErasePage } from "../../functions/partner/own-data-pages.tsx";
import { PartnerPage, type PartnerView } from "../../functions/partner/page.tsx";
import {
  SignInOverPage,
  SignInPage,
  SignInRequestPage,
  SignInSentPage,
} from "../../functions/partner/sign-in-pages.tsx";

import {
  approvalView,
  filledIn,
  freshPartnerView,
  invitation,
  offer,
  pairView,
  partnerView,
  rosterView,
  site,
  token,
} from "./example-views.ts";

type View = ReturnType<typeof ErrorPage>;

/** Every page in every state, by a name that can stand in an address. */
export function gallery(): Readonly<Record<string, View>> {
  return { ...enrollPages(), ...confirmPages(), ...linkPages(), ...signedInPages() };
}

/** What the sign-up answers to a posted form, without limits and without anything being stored. */
export function signUpStep(fields: Readonly<Record<string, unknown>>): View {
  const answers = keepAnswers(fields, offer);
  const reading = readSignUp(fields, offer);
  if (fields.change !== undefined) return <SignUpPage site={site} answers={answers} />;
  if (reading.kind === "invalid") {
    return <SignUpPage site={site} answers={answers} errors={reading.errors} />;
  }
  if (fields.checked === "yes") return <EnrolledPage site={site} />;
  return <CheckAnswersPage site={site} answers={answers} signUp={reading.signUp} />;
}

function enrollPages(): Record<string, View> {
  const wrong = {
    ...filledIn,
    role: "",
    name: "",
    email: "ana@",
    partner_name: "x://y",
    time: "25",
  };
  const reading = readSignUp({ ...wrong, cohort: "unknown", time_zone: "Moon" }, offer);
  const checked = readSignUp({ ...filledIn, partner_email: "max@agency.example.con" }, offer);
  if (reading.kind !== "invalid" || checked.kind !== "valid") throw new Error("examples are off");
  return {
    "sign-up": <SignUpPage site={site} answers={keepAnswers({}, offer)} />,
    "sign-up-errors": (
      <SignUpPage site={site} answers={keepAnswers(wrong, offer)} errors={reading.errors} />
    ),
    "check-answers": <CheckAnswersPage site={site} answers={filledIn} signUp={checked.signUp} />,
    enrolled: <EnrolledPage site={site} />,
    about: <AboutPage site={site} />,
    later: <LaterPage site={site} />,
    "not-found": <ErrorPage site={site} refusal="not-found" />,
    "foreign-form": <ErrorPage site={site} refusal="foreign-form" />,
    "too-large": <ErrorPage site={site} refusal="too-large" />,
    failed: <ErrorPage site={site} refusal="failed" />,
  };
}

function confirmPages(): Record<string, View> {
  const forSigner = {
    ...invitation,
    reader: "signer",
    you: invitation.other,
    other: invitation.you,
  };
  return {
    "invitation-signer": <InvitationPage site={site} view={{ ...forSigner, reader: "signer" }} />,
    "invitation-partner": <InvitationPage site={site} view={invitation} />,
    "invitation-successor": (
      <InvitationPage site={site} view={{ ...invitation, reader: "successor" }} />
    ),
    "confirmed-invited": <ConfirmedPage site={site} view={{ kind: "partner-invited" }} />,
    "confirmed-approval": <ConfirmedPage site={site} view={{ kind: "waits-for-approval" }} />,
    "confirmed-starts": (
      <ConfirmedPage site={site} view={{ kind: "course-starts", firstLessonOn: "2026-03-03" }} />
    ),
    "confirmed-seat": <ConfirmedPage site={site} view={{ kind: "seat-taken" }} />,
    "already-confirmed": <AlreadyConfirmedPage site={site} />,
    declined: <DeclinedPage site={site} />,
    "declined-already": <DeclinedPage site={site} already />,
    "invitation-over": <InvitationOverPage site={site} />,
    full: <FullPage site={site} />,
    "broken-link": <BrokenLinkPage site={site} />,
  };
}

function linkPages(): Record<string, View> {
  return {
    controls: <ControlsPage site={site} token={token} />,
    undo: <UndoPage site={site} token={token} />,
    guess: <GuessPage site={site} token={token} what="coffee" on="2026-03-03" />,
    "guess-no-day": <GuessPage site={site} token={token} what="coffee" />,
    "was-it-you": <WasItYouPage site={site} token={token} />,
    unsubscribe: <UnsubscribePage site={site} token={token} />,
    unsubscribed: <UnsubscribedPage site={site} />,
    "done-logged": <DonePage site={site} done="logged" />,
    "done-paused": <DonePage site={site} done="paused" />,
    "done-erased": <DonePage site={site} done="erased" />,
    "done-already": <DonePage site={site} done="taken-back" already />,
    "sign-in": <SignInRequestPage site={site} />,
    "sign-in-error": (
      <SignInRequestPage
        site={site}
        email="ana@"
        errors={[{ field: "email", message: "Enter your work email address." }]}
      />
    ),
    "sign-in-sent": <SignInSentPage site={site} />,
    "sign-in-open": <SignInPage site={site} token={token} />,
    "sign-in-over": <SignInOverPage site={site} />,
  };
}

function handingOver(kind: HandOverView["kind"]): PartnerView {
  const views: Readonly<Record<HandOverView["kind"], HandOverView>> = {
    free: { kind: "free" },
    named: { kind: "named", email: filledIn.partner_email, until: "2026-04-01" },
    coordinator: { kind: "coordinator", coordinatorEmail: "coordinator@county.example" },
  };
  return { ...partnerView, handOver: views[kind] };
}

function signedInPages(): Record<string, View> {
  const paused = { ...partnerView, standing: { kind: "paused", until: "2026-04-01" } } as const;
  return {
    partner: <PartnerPage site={site} view={partnerView} notice="slot-changed" />,
    "partner-erase": <ErasePage site={site} />,
    "partner-empty": <PartnerPage site={site} view={freshPartnerView} />,
    "partner-paused": <PartnerPage site={site} view={paused} notice="paused" />,
    "partner-ended": (
      <PartnerPage site={site} view={{ ...partnerView, standing: { kind: "ended" } }} />
    ),
    "partner-slot-error": (
      <PartnerPage
        site={site}
        view={partnerView}
        slotAnswers={{ weekday: "9", time: "25:00", time_zone: "Moon" }}
        errors={[
          { field: "weekday", message: "Choose a day from Monday to Friday." },
          { field: "time", message: "Enter a time, such as 10:00 or 2:30 pm." },
          { field: "time_zone", message: "Choose a time zone from the list." },
        ]}
      />
    ),
    "partner-hand-over": <PartnerPage site={site} view={handingOver("free")} />,
    "partner-named": <PartnerPage site={site} view={handingOver("named")} notice="named" />,
    "partner-by-coordinator": <PartnerPage site={site} view={handingOver("coordinator")} />,
    "partner-colleague-error": (
      <PartnerPage
        site={site}
        view={handingOver("free")}
        typedAddress="cal@"
        errors={[
          { field: "colleague_email", message: "Check your colleague's work email address." },
        ]}
      />
    ),
    "partner-address-failed": (
      <PartnerPage
        site={site}
        view={{
          ...freshPartnerView,
          standing: { kind: "waiting" },
          failedAddress: "max@p.example",
        }}
      />
    ),
    "coordinator-sign-in": <SignInRequestPage site={site} door="coordinator" />,
    roster: <RosterPage site={site} view={rosterView} />,
    "roster-empty": <RosterPage site={site} view={{ ...rosterView, approvals: [], pairs: [] }} />,
    approval: <ApprovalPage site={site} view={approvalView} />,
    "approval-done": <ApprovalDonePage site={site} outcome="approved" />,
    "approval-already": <ApprovalDonePage site={site} outcome="declined" already />,
    pair: <PairPage site={site} view={pairView} notice="named" />,
    "pair-name-error": (
      <PairPage
        site={site}
        view={pairView}
        refused={{
          seat: "le",
          typed: "max@",
          errors: [{ field: "le_colleague_email", message: "Check the address." }],
        }}
      />
    ),
    "pair-empty": <PairPage site={site} view={{ ...pairView, people: [], log: [], sends: [] }} />,
  };
}
