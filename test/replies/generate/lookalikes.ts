import type { Case } from "./case.ts";

/** Mail of people that carries one mark of a machine. Nobody's answer may be thrown away for it. */
interface Lookalike {
  readonly name: string;
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly body: string;
}

const LOOKALIKES: readonly Lookalike[] = [
  { name: "suppress-all", headers: ["X-Auto-Response-Suppress: All"], body: "DONE" },
  {
    name: "suppress-some",
    headers: ["X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"],
    body: "Done on Tuesday.",
  },
  { name: "auto-submitted-no", headers: ["Auto-Submitted: no"], body: "DONE" },
  { name: "auto-submitted-no-comment", headers: ["Auto-Submitted: No; checked"], body: "Not yet." },
  {
    name: "list-answer",
    headers: ["Precedence: list", "List-Id: <unit.harbor.example>"],
    body: "We met.",
  },
  { name: "list-id-only", headers: ["List-Id: Staff <staff.harbor.example>"], body: "DONE" },
  {
    name: "list-unsubscribe",
    headers: ["List-Unsubscribe: <mailto:leave@harbor.example>"],
    body: "DONE",
  },
  {
    name: "mailing-list-header",
    headers: ["X-Mailing-List: staff@harbor.example"],
    body: "Done, thanks.",
  },
  { name: "loop-of-others", headers: ["X-Loop: helpdesk@harbor.example"], body: "DONE" },
  { name: "precedence-normal", headers: ["Precedence: normal"], body: "DONE" },
  { name: "precedence-first-class", headers: ["Precedence: first-class"], body: "DONE" },
  { name: "autoreply-no", headers: ["X-Autoreply: no"], body: "DONE" },
  { name: "return-path-own", headers: ["Return-Path: <mvega@harbor.example>"], body: "DONE" },
  {
    name: "exchange-trace",
    headers: [
      "X-MS-Exchange-CrossTenant-AuthSource: x.example",
      "X-MS-Has-Attach:",
      "X-MS-TNEF-Correlator:",
    ],
    body: "DONE",
  },
  {
    name: "spam-filter",
    headers: ["X-Spam-Status: No, score=-1.9", "X-Virus-Scanned: clean"],
    body: "DONE",
  },
  {
    name: "importance",
    headers: ["Importance: High", "X-Priority: 1"],
    body: "Please pause until April 6.",
  },
  {
    name: "receipt-wanted",
    headers: ["Disposition-Notification-To: mvega@harbor.example"],
    body: "DONE",
  },
  ...[
    ["re-out-of-office", "Re: out of office next week?"],
    ["out-of-town", "Out of town but done"],
    ["vacation-plans", "Vacation plans and lesson 3"],
    ["automatic-doors", "Automatically done?"],
    ["failure-to-launch", "Failure to launch"],
    ["delivery-of-mou", "Delivery of the MOU"],
    ["returned-call", "Returned your call"],
    ["undelivered-flyers", "Undelivered flyers"],
    ["auto-theft", "Auto theft unit, new number"],
    ["office-hours", "Office hours"],
    ["away-game", "Away game on Friday"],
    ["notice-of-meeting", "Notice of meeting"],
    ["mail-room", "Mail room closed"],
    ["warning-order", "Warning order for Tuesday"],
    ["no-subject", ""],
    ["re-automatic", "RE: Automatic reply: Week 3"],
  ].map(([name = "", subject = ""]) => ({
    name: `subject-${name}`,
    subject,
    body: "Done on Tuesday, we had coffee.",
  })),
  ...[
    "noreen.reply",
    "postman",
    "bouncer",
    "alerta.ruiz",
    "master.post",
    "daemon.hall",
    "auto",
    "notary",
    "listening.post",
    "reply",
  ].map((local) => ({
    name: `sender-${local.replaceAll(".", "-")}`,
    from: `${local}@harbor.example`,
    body: "DONE",
  })),
  {
    name: "talks-of-bounces",
    body: "Not yet. My mail to him bounced:\n\n  550 user unknown\n\nDo you have another address?",
  },
  {
    name: "talks-of-leave",
    body: "I am on leave next week and will be out of the office. Done with the list though, sent Monday.",
  },
  { name: "talks-of-notices", body: "The auto-reply you got from me was a mistake. DONE." },
  {
    name: "machine-like-words",
    body: "This is an automated-sounding answer, I know. We met on Monday.",
  },
];

export function lookalikeCases(): Case[] {
  return LOOKALIKES.map(
    ({ name: short, from = "mvega@harbor.example", subject, headers = [], body }) => {
      const name = `person-${short}`;
      const lines = [
        ...headers,
        `From: Marisol Vega <${from}>`,
        "To: r-k3x7@reply.commonground.example",
        `Subject: ${subject ?? "Re: Week 3: time for coffee"}`,
        "Date: Wed, 04 Mar 2026 09:15:00 -0500",
        `Message-ID: <${name}@harbor.example>`,
        "In-Reply-To: <0100018e-lesson@email.amazonses.com>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
      ].join("\r\n");
      const quote =
        "On Tue, Mar 3, 2026 at 10:02 AM Common Ground <lessons@commonground.example> wrote:\r\n\r\n> Reply DONE when you have had coffee.\r\n";
      return {
        name,
        raw: Buffer.from(`${lines}\r\n\r\n${body.replaceAll("\n", "\r\n")}\r\n\r\n${quote}`),
        expected: {
          from,
          messageId: `${name}@harbor.example`,
          automatic: false,
          kind: "human",
          text: body,
        },
      };
    },
  );
}
