import { REPLY_MARKER } from "../../../emails/marker.ts";

/** A mail of ours as partners quote it: the marker, every word that means something, our footer. */
export const LESSON_LINES: readonly string[] = [
  REPLY_MARKER,
  "",
  "Week 3: time for coffee",
  "",
  "Get to know each other before you share a case. Tell each other what you can and cannot do.",
  "",
  "Your one thing this week: invite your partner to coffee. You pick the place.",
  "",
  "Reply DONE when you have had coffee. Add the date if it was not today.",
  "",
  "P.S. Had the call since? Reply CALL. Did you send the list on March 2? Reply LIST.",
  "",
  "Please do not reply with names, case numbers, dates of birth or locations.",
  "LATER (one week), PAUSE 2 WEEKS, STOP, HELP: reply with one word.",
  "",
  "Common Ground, PO Box 12, Albany, NY 12201",
];

export const LESSON_TEXT = LESSON_LINES.join("\n");
export const OUR_NAME = "Common Ground";
export const OUR_ADDRESS = "lessons@commonground.example";

/** Words of the lesson that a trimmed reply must never hold. */
export const LESSON_TRACES: readonly string[] = [
  REPLY_MARKER,
  "Week 3: time for coffee",
  "Get to know each other before",
  "Reply DONE when you have had coffee",
  "Had the call since",
  "PAUSE 2 WEEKS, STOP",
  "PO Box 12",
  OUR_ADDRESS,
];

export const LESSON_HTML = [
  `<p style="color:#666">${REPLY_MARKER}</p>`,
  "<h1>Week 3: time for coffee</h1>",
  ...LESSON_LINES.slice(4)
    .filter((line) => line !== "")
    .map((line) => `<p>${line.replaceAll("&", "&amp;")}</p>`),
].join("\n");
