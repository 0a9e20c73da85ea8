import type { Case } from "./case.ts";

/** Mail of machines: the marks are those of real products, the rest is made up. */
interface Machine {
  readonly name: string;
  readonly kind: string;
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** Content type and body of a whole multipart, where the type decides. */
  readonly parts?: string;
}

const AWAY =
  "Thank you for your message. I am out of the office until March 16.\nDONE is what I will be when I return.";
const STATUS =
  "Reporting-MTA: dns; mx.harbor.example\r\n\r\nFinal-Recipient: rfc822; mvega@harbor.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n";

function report(type: string, part: string, fields: string, edge = "report-1"): string {
  return `Content-Type: multipart/report; report-type=${type};\r\n boundary="${edge}"\r\n\r\n--${edge}\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n\r\n--${edge}\r\nContent-Type: ${part}\r\n\r\n${fields}\r\n--${edge}\r\nContent-Type: message/rfc822\r\n\r\nSubject: Week 3\r\n\r\nReply DONE when you have had coffee.\r\n\r\n--${edge}--\r\n`;
}

const vacation = (name: string, more: Partial<Machine>): Machine => ({
  name,
  kind: "vacation",
  body: AWAY,
  ...more,
});

const bounced = (name: string, more: Partial<Machine>): Machine => ({
  name: `provider-${name}`,
  kind: "bounce",
  ...more,
});

const PROVIDERS: readonly Machine[] = [
  bounced("gmail", {
    from: "mailer-daemon@googlemail.example",
    subject: "Delivery Status Notification (Failure)",
    headers: ["Auto-Submitted: auto-replied", "X-Failed-Recipients: mvega@harbor.example"],
    parts: report("delivery-status", "message/delivery-status", STATUS, "gmail-report"),
  }),
  bounced("exchange-online", {
    from: "postmaster@harbor.example",
    subject: "Undeliverable: Week 3: time for coffee",
    headers: ["X-MS-Exchange-Message-Is-Ndr:", "Return-Path: <>"],
    parts: report("delivery-status", "message/delivery-status", STATUS, "_ndr_"),
  }),
  bounced("exchange-desktop", {
    from: "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@harbor.example",
    subject: "Undeliverable: Week 3",
    body: "Delivery has failed to these recipients or groups:\n\nmvega@harbor.example",
  }),
  bounced("ses", {
    from: "mailer-daemon@email.amazonses.example",
    subject: "Delivery Status Notification (Failure)",
    body: "An error occurred while trying to deliver the mail to the following recipients:\nmvega@harbor.example",
  }),
  bounced("postfix", {
    from: "MAILER-DAEMON@mx.harbor.example",
    subject: "Undelivered Mail Returned to Sender",
    headers: ["Auto-Submitted: auto-replied"],
    parts: report("delivery-status", "message/delivery-status", STATUS, "postfix/1"),
  }),
  bounced("exim", {
    from: "Mailer-Daemon@mx.harbor.example",
    subject: "Mail delivery failed: returning message to sender",
    headers: ["X-Failed-Recipients: mvega@harbor.example", "Auto-Submitted: auto-replied"],
    body: "This message was created automatically by mail delivery software.",
  }),
  bounced("qmail", {
    from: "MAILER-DAEMON@mx.harbor.example",
    subject: "failure notice",
    body: "Hi. This is the qmail-send program at mx.harbor.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.",
  }),
  bounced("sendmail", {
    from: "MAILER-DAEMON@mx.harbor.example",
    subject: "Returned mail: see transcript for details",
    headers: ["Auto-Submitted: auto-generated (failure)"],
    parts: report("delivery-status", "message/delivery-status", STATUS, "i25C.1/mx"),
  }),
  bounced("yahoo", {
    from: "mailer-daemon@yahoo.example",
    subject: "Failure Notice",
    body: "Sorry, we were unable to deliver your message to the following address.\n\n<mvega@harbor.example>:\n550: 5.1.1 unknown user",
  }),
  bounced("domino", {
    from: "postmaster@harbor.example",
    subject: "DELIVERY FAILURE: User mvega (mvega@harbor.example) not listed in Domino Directory",
    body: "Your message was not delivered.",
  }),
  bounced("groupwise", {
    from: "postmaster@harbor.example",
    subject: "Mail System Error - Returned Mail",
    body: "The message that you sent was undeliverable.",
  }),
];

const MACHINES: readonly Machine[] = [
  // RFC 3834
  vacation("auto-replied", { headers: ["Auto-Submitted: auto-replied"] }),
  vacation("auto-replied-comment", { headers: ["Auto-Submitted: auto-replied (vacation)"] }),
  vacation("auto-replied-upper", {
    headers: ["AUTO-SUBMITTED: Auto-Replied; owner-email=x@y.example"],
  }),
  {
    name: "auto-generated",
    kind: "notice",
    headers: ["Auto-Submitted: auto-generated"],
    body: "Your ticket 44 was created.",
  },
  {
    name: "auto-notified",
    kind: "notice",
    headers: ["Auto-Submitted: auto-notified"],
    body: "A filter matched.",
  },
  // Null return path
  {
    name: "null-return-path",
    kind: "bounce",
    headers: ["Return-Path: <>"],
    body: "Your mail could not be delivered.",
  },
  vacation("null-return-path-away", {
    headers: ["Return-Path: <>"],
    subject: "Automatic reply: Week 3: time for coffee",
  }),
  // Reports
  {
    name: "dsn-failed",
    kind: "bounce",
    from: "mailer-daemon@mx.harbor.example",
    parts: report("delivery-status", "message/delivery-status", STATUS),
  },
  {
    name: "dsn-delayed",
    kind: "bounce",
    subject: "Week 3",
    parts: report(
      "delivery-status",
      "message/delivery-status",
      STATUS.replace("failed", "delayed"),
    ),
  },
  {
    name: "dsn-global",
    kind: "bounce",
    parts: report("delivery-status", "message/global-delivery-status", STATUS),
  },
  {
    name: "read-receipt",
    kind: "report",
    subject: "Read: Week 3: time for coffee",
    parts: report(
      "disposition-notification",
      "message/disposition-notification",
      "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
    ),
  },
  {
    name: "unread-receipt",
    kind: "report",
    subject: "Not read: Week 3",
    parts: report(
      "disposition-notification",
      "message/disposition-notification",
      "Disposition: automatic-action/MDN-sent-automatically; deleted\r\n",
    ),
  },
  {
    name: "complaint",
    kind: "report",
    from: "fbl@isp.example",
    parts: report(
      "feedback-report",
      "message/feedback-report",
      "Feedback-Type: abuse\r\nUser-Agent: FBL/1.0\r\n",
    ),
  },
  // Senders
  ...[
    "mailer-daemon",
    "MAILER-DAEMON",
    "postmaster",
    "Mail-Daemon",
    "bounce",
    "bounces",
    "bounce-992-k3x7",
  ].map((local) => ({
    name: `sender-${local}-${/[A-Z]/.test(local) ? "caps" : "plain"}`,
    kind: "bounce",
    from: `${local}@mx.harbor.example`,
    body: "Could not deliver.",
  })),
  ...[
    "no-reply",
    "noreply",
    "do-not-reply",
    "donotreply",
    "no_reply",
    "noreply-portal",
    "notifications",
    "listserv",
    "majordomo",
    "autoreply",
  ].map((local) => ({
    name: `machine-${local}`,
    kind: "notice",
    from: `${local}@portal.harbor.example`,
    body: "This mailbox is not read. DONE.",
  })),
  // Headers of products
  ...[
    "X-Autoreply: yes",
    "X-Autorespond: Week 3",
    "X-Auto-Reply-From: mvega@harbor.example",
    "X-Mail-Autoreply: 1",
    "X-Apple-Action: vacation",
    "X-MS-Exchange-Inbox-Rules-Loop: mvega@harbor.example",
  ].map((header) =>
    vacation(`header-${(header.split(":")[0] ?? "").toLowerCase()}`, { headers: [header] }),
  ),
  {
    name: "header-x-autogenerated",
    kind: "notice",
    headers: ["X-Autogenerated: Reply"],
    body: "Ticket received.",
  },
  {
    name: "header-exchange-generated",
    kind: "notice",
    headers: ["X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"],
    body: AWAY,
  },
  {
    name: "header-x-failed-recipients",
    kind: "bounce",
    headers: ["X-Failed-Recipients: mvega@harbor.example"],
    body: "Message could not be delivered.",
  },
  vacation("precedence-auto-reply", { headers: ["Precedence: auto_reply"] }),
  { name: "precedence-bulk", kind: "notice", headers: ["Precedence: bulk"], body: "Newsletter" },
  {
    name: "precedence-junk",
    kind: "notice",
    headers: ["Precedence: junk"],
    body: "Automated answer",
  },
  {
    name: "precedence-list",
    kind: "list",
    subject: "News of the week",
    headers: ["Precedence: list", "List-Id: <news.harbor.example>"],
    body: "News",
  },
  // Subjects, where nothing else tells
  ...[
    "Automatic reply: Week 3: time for coffee",
    "Auto: Week 3",
    "Out of office: Week 3: time for coffee",
    "Out of the Office Re: Week 3",
    "Out of Office AutoReply: Week 3",
    "OOO: Week 3",
    "Auto-Reply: Week 3",
    "Autoreply: Week 3",
    "Vacation reply",
    "[EXTERNAL] Automatic reply: Week 3",
    "Respuesta automática: Week 3",
    "Fuera de la oficina: Week 3",
    "Abwesenheitsnotiz: Week 3",
    "Automatische Antwort: Week 3",
    "Réponse automatique : Week 3",
    "Absence du bureau : Week 3",
    "Risposta automatica: Week 3",
    "Fuori sede: Week 3",
    "Automatisch antwoord: Week 3",
    "Autosvar: Week 3",
    "Frånvaro: Week 3",
    "Resposta automática: Week 3",
    "自动回复: Week 3",
  ].map((subject, at) => vacation(`subject-away-${at + 1}`, { subject })),
  ...[
    "Undeliverable: Week 3: time for coffee",
    "Undelivered Mail Returned to Sender",
    "Delivery Status Notification (Failure)",
    "Mail delivery failed: returning message to sender",
    "Returned mail: see transcript for details",
    "failure notice",
    "Delivery Failure",
    "Unzustellbar: Week 3",
    "No se puede entregar: Week 3",
  ].map((subject, at) => ({
    name: `subject-bounce-${at + 1}`,
    kind: "bounce",
    subject,
    body: "The address is not known here.",
  })),
  // As the large providers and servers write them
  ...PROVIDERS,
  // Fields in a plain body
  {
    name: "status-fields-in-text",
    kind: "bounce",
    subject: "Your message",
    body: `The following address failed.\n\n${STATUS.replaceAll("\r\n", "\n")}`,
  },
  {
    name: "calendar-answer",
    kind: "notice",
    subject: "Accepted: Coffee",
    parts:
      'Content-Type: multipart/alternative; boundary="cal"\r\n\r\n--cal\r\nContent-Type: text/plain\r\n\r\n\r\n--cal\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--cal--\r\n',
  },
  // Our own mail on its way round
  {
    name: "our-own-address",
    kind: "ours",
    from: "lessons@commonground.example",
    body: "Reply DONE when you have had coffee.",
  },
  {
    name: "our-own-loop",
    kind: "ours",
    headers: ["X-Loop: lessons@commonground.example"],
    body: "Forwarded by a rule.",
  },
];

export function automaticCases(): Case[] {
  return MACHINES.map((machine) => {
    const name = `auto-${machine.name}`;
    const from = machine.from ?? "mvega@harbor.example";
    const headers = [
      ...(machine.headers ?? []),
      `From: Marisol Vega <${from}>`,
      "To: r-k3x7@reply.commonground.example",
      `Subject: ${encodeSubject(machine.subject ?? "Re: Week 3: time for coffee")}`,
      "Date: Wed, 04 Mar 2026 09:15:00 -0500",
      `Message-ID: <${name}@harbor.example>`,
      "MIME-Version: 1.0",
    ].join("\r\n");
    const body =
      machine.parts ??
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${(machine.body ?? "").replaceAll("\n", "\r\n")}\r\n`;
    return {
      name,
      raw: Buffer.from(`${headers}\r\n${body}`),
      expected: {
        from: from.toLowerCase(),
        messageId: `${name}@harbor.example`,
        automatic: true,
        kind: machine.kind,
      },
    };
  });
}

function encodeSubject(subject: string): string {
  return /^[ -~]*$/.test(subject)
    ? subject
    : `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
}
