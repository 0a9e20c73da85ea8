/**
 * Every slot a mail may fill, by its name in the content files. Building the edition fails on a slot
 * that is not listed here; sending fails on one a mail uses and nobody filled.
 */

/** Text slots; escaped when they are filled in. */
export const TEXT_SLOTS = [
  "yourName",
  "yourAgency",
  "partnerName",
  "partnerEmail",
  "partnerAgency",
  "signerName",
  "signerEmail",
  "signerAgency",
  "successorName",
  /** The pair's two people, in mails to a coordinator. */
  "spName",
  "spAgency",
  "leName",
  "leAgency",
  "cohort",
  "coordinatorEmail",
  "postalAddress",
  /** "Tuesdays at 10:00 (America/New_York)" */
  "slot",
  /** "Tuesday, March 3": a day a mail is about (end of a pause, next coffee, end of an invitation). */
  "until",
  "days",
  "week",
  /** The plain words of the lesson's action, such as "the 15-minute call" (nudges). */
  "action",
  /** The P.S. sentence of the kind that is asked about again. */
  "recheck",
  /** One sentence about the agreement's state. */
  "agreement",
  "confirmUrl",
  "approveUrl",
  "controlsUrl",
  "unsubscribeUrl",
  "undoUrl",
  "signInPageUrl",
  "signInUrl",
  "aboutUrl",
] as const;

/** Lists: `{{#logged}}{{what}}, {{on}}{{/logged}}`; also usable as a condition "is there any?". */
export const LIST_SLOTS = {
  /** What the receipt, the recap or the graduation mail says was logged; `on` is "Mar 3". */
  logged: ["what", "on"],
  /** What the lessons so far asked for and nobody has logged yet (a successor's recap). */
  open: ["what"],
  /** What the partner logged since this person's last lesson. */
  partnerLogged: ["what", "on"],
  /** The guesses a question offers; `url` opens the page with that one button. */
  guesses: ["what", "on", "url"],
} as const;

/** Conditions: `{{#sp}}…{{/sp}}` shows its inside when true, `{{^sp}}…{{/sp}}` when false. */
export const FLAG_SLOTS = [
  /** The reader is the service provider / the law-enforcement partner. */
  "sp",
  "le",
  /** At least one day in `logged` was taken from the day of the reply. */
  "assumed",
  /** The reply that this mail answers held details we cannot keep. */
  "details",
  /** A meeting prompt rides on this check-in. */
  "withMeet",
  /** The reader filled in the form. */
  "isSigner",
] as const;

export type TextSlot = (typeof TEXT_SLOTS)[number];
export type FlagSlot = (typeof FLAG_SLOTS)[number];
export type ListSlot = keyof typeof LIST_SLOTS;

/** What the sender hands to a mail: more than any one mail uses. */
export type Slots = Partial<Record<TextSlot, string>> &
  Partial<Record<FlagSlot, boolean>> &
  Partial<Record<ListSlot, readonly Readonly<Record<string, string>>[]>>;
