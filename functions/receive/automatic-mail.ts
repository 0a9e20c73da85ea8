import { isBounceSubject, isVacationSubject } from "./automatic-subjects.ts";
import type { Headers } from "./mime-headers.ts";
import type { MimeMail } from "./mime-parse.ts";
import type { OwnMail } from "./trim-own.ts";

/**
 * What sort of mail came in. Only `human` is read. `unreadable` is a person's mail whose text could
 * not be read (broken, encrypted, too large): it is asked about again. Everything else is automatic.
 */
export type InboundKind =
  | "human"
  | "unreadable"
  | "bounce"
  | "vacation"
  | "report"
  | "notice"
  | "list"
  | "ours";

export interface Classified {
  readonly kind: InboundKind;
  /** Name of the rule that decided; null for a person's mail. */
  readonly why: string | null;
}

interface Rule {
  readonly why: string;
  /** @returns the kind when the rule applies */
  readonly read: (mail: MimeMail, envelope: KnownEnvelope, own: OwnMail) => InboundKind | undefined;
}

interface KnownEnvelope {
  readonly sender?: string;
}

/** Tells people's mail from machines', by headers first and by the text last (docs/REPLIES.md has the sources). */
export function classifyMail(mail: MimeMail, envelope: KnownEnvelope, own: OwnMail): Classified {
  for (const { why, read } of RULES) {
    const kind = read(mail, envelope, own);
    if (kind !== undefined) return { kind, why };
  }
  if (mail.tooLarge) return { kind: "unreadable", why: "too-large" };
  if (!mail.readable) return { kind: "unreadable", why: "encoding" };
  return { kind: "human", why: null };
}

/**
 * `X-Auto-Response-Suppress` is no rule on purpose: it asks for silence, and Exchange puts it on
 * people's mail.
 */
const RULES: readonly Rule[] = [
  { why: "own-address", read: (mail, _, own) => (isOurs(mail, own) ? "ours" : undefined) },
  { why: "auto-submitted", read: (mail) => autoSubmitted(mail) },
  { why: "null-sender", read: (mail, envelope) => nullSender(mail, envelope) },
  { why: "report-type", read: (mail) => reportKind(mail) },
  { why: "sender-name", read: (mail) => senderKind(mail) },
  { why: "auto-header", read: (mail) => autoHeader(mail.headers) },
  { why: "precedence", read: (mail) => precedence(mail) },
  { why: "loop-header", read: (mail, _, own) => loopHeader(mail.headers, own) },
  {
    why: "vacation-subject",
    read: (mail) => (isVacationSubject(mail.subject) ? "vacation" : undefined),
  },
  { why: "bounce-subject", read: (mail) => (isBounceSubject(mail.subject) ? "bounce" : undefined) },
  { why: "calendar-answer", read: (mail) => calendarAnswer(mail) },
  { why: "status-fields", read: (mail) => (hasStatusFields(mail.text) ? "bounce" : undefined) },
];

function isOurs({ from, sender }: MimeMail, own: OwnMail): boolean {
  const ours = own.senderAddresses.map((address) => address.toLowerCase());
  return [from, sender].some((address) => address !== null && ours.includes(address));
}

/** RFC 3834: anything but `no`; parameters after the first token do not count. */
function autoSubmitted(mail: MimeMail): InboundKind | undefined {
  const [value = ""] = (mail.headers.first("auto-submitted") ?? "")
    .toLowerCase()
    .split(/[;\s(]/, 1);
  if (value === "" || value === "no") return undefined;
  const known = reportKind(mail) ?? senderKind(mail);
  if (known !== undefined) return known;
  if (isBounceSubject(mail.subject) || hasStatusFields(mail.text)) return "bounce";
  return value === "auto-replied" || isVacationSubject(mail.subject) ? "vacation" : "notice";
}

/** RFC 5321: `<>` is the return path of what must never be answered. */
function nullSender(mail: MimeMail, envelope: KnownEnvelope): InboundKind | undefined {
  const returnPath = mail.headers.first("return-path");
  const isNull = isNullPath(envelope.sender) || isNullPath(returnPath);
  if (!isNull) return undefined;
  const known = reportKind(mail) ?? senderKind(mail);
  if (known !== undefined) return known;
  return isVacationSubject(mail.subject) || mail.headers.has("auto-submitted")
    ? "vacation"
    : "bounce";
}

function isNullPath(path: string | undefined): boolean {
  return path !== undefined && /^(?:<\s*>|<mailer-daemon>|)$/i.test(path.trim());
}

/** RFC 3464 (bounces), 8098 (read receipts), 5965 (complaints). */
function reportKind({ contentTypes, headers }: MimeMail): InboundKind | undefined {
  const types = new Set(contentTypes);
  if (types.has("message/delivery-status") || types.has("message/global-delivery-status")) {
    return "bounce";
  }
  if (REPORT_TYPES.some((type) => types.has(type))) return "report";
  if (contentTypes[0] !== "multipart/report") return undefined;
  return /disposition|feedback/i.test(headers.first("content-type") ?? "") ? "report" : "bounce";
}

const REPORT_TYPES = [
  "message/disposition-notification",
  "message/global-disposition-notification",
  "message/feedback-report",
];

const DAEMON =
  /^(?:mailer-daemon|mail-daemon|mailerdaemon|post[-_.]?master|mdaemon|mail-?delivery(?:-?(?:system|subsystem))?|bounces?|bounce[-+=_].*|microsoftexchange[0-9a-f]+|mmdf|postoffice|post\.?office)$/;
const MACHINE =
  /^(?:(?:do[-_.]?)?no[-_.]?t?[-_.]?reply(?:[-+_].*)?|noreply.*|majordomo|listserv|mailman|listmaster|autoreply|auto-?reply|autoresponder|auto-?responder|notifications?|notify|alerts?)$/;

/** Display names under which mail servers write from ordinary addresses. */
const DAEMON_NAME =
  /^(?:e?mail delivery (?:sub)?(?:system|service|agent)|mailer[- ]?daemon|postmaster|mail (?:administrator|system)|internet mail (?:delivery|service))$/i;

function senderKind({ from, fromName }: MimeMail): InboundKind | undefined {
  if (DAEMON_NAME.test(fromName)) return "bounce";
  if (from === null) return undefined;
  const localPart = from.slice(0, from.lastIndexOf("@"));
  if (DAEMON.test(localPart)) return "bounce";
  return MACHINE.test(localPart) ? "notice" : undefined;
}

const VACATION_HEADERS = [
  "x-autoreply",
  "x-autorespond",
  "x-autoresponder",
  "x-auto-reply-from",
  "x-mail-autoreply",
  "x-autoreply-from",
  "x-autoreply-domain",
  "x-vacation",
];
const NOTICE_HEADERS = ["x-autogenerated", "x-ms-exchange-generated-message-source"];

function autoHeader(headers: Headers): InboundKind | undefined {
  if (headers.has("x-failed-recipients")) return "bounce";
  const isSet = (name: string) =>
    headers.all(name).some((value) => !/^(?:no|false|0)?$/i.test(value));
  if (VACATION_HEADERS.some(isSet)) return "vacation";
  if (/vacation/i.test(headers.first("x-apple-action") ?? "")) return "vacation";
  if (isSet("x-ms-exchange-inbox-rules-loop")) return "vacation";
  return NOTICE_HEADERS.some(isSet) ? "notice" : undefined;
}

/** A person's answer sent through a mailing list carries `list` too; a thread it answers gives it away. */
function precedence(mail: MimeMail): InboundKind | undefined {
  const value = (mail.headers.first("precedence") ?? "").trim().toLowerCase();
  if (value === "auto_reply" || value === "auto-reply") return "vacation";
  if (value === "bulk" || value === "junk") {
    return isVacationSubject(mail.subject) ? "vacation" : "notice";
  }
  const isAnswer = mail.references.length > 0 || /^\s*re\s*:/i.test(mail.subject);
  return value === "list" && !isAnswer ? "list" : undefined;
}

const LOOP_HEADERS = ["list-id", "x-mailing-list", "x-loop", "delivered-to-list"];

/** A list or a loop mark that names us: our own mail on its way round. */
function loopHeader(headers: Headers, own: OwnMail): InboundKind | undefined {
  const names = own.senderAddresses.map((address) => address.toLowerCase());
  const domains = names.map((address) => address.slice(address.lastIndexOf("@")));
  const values = LOOP_HEADERS.flatMap((name) => headers.all(name)).map((v) => v.toLowerCase());
  const isOur = values.some((value) => [...names, ...domains].some((name) => value.includes(name)));
  return isOur ? "ours" : undefined;
}

/** "Accepted: coffee" as a calendar sends it when somebody clicks; the person wrote nothing. */
function calendarAnswer({ contentTypes, headers, subject }: MimeMail): InboundKind | undefined {
  if (!contentTypes.includes("text/calendar")) return undefined;
  const isClick =
    /^(?:accepted|declined|tentative(?:ly accepted)?|canceled|aceptad[oa]|rechazad[oa])\s*:/i;
  return isClick.test(subject) || headers.has("x-ms-exchange-calendar-series-id")
    ? "notice"
    : undefined;
}

/** How far into a text the fields of a delivery report are looked for; a person quotes them lower down, if at all. */
const STATUS_CHARS_MAX = 20_000;
const STATUS_FIELDS = /^(?:Final-Recipient|Original-Recipient|Diagnostic-Code|Reporting-MTA):/im;
const STATUS_ACTION = /^(?:Action: *(?:failed|delayed)|Status: *[45]\.\d|Diagnostic-Code:)/im;

function hasStatusFields(text: string): boolean {
  const head = text.slice(0, STATUS_CHARS_MAX);
  return STATUS_FIELDS.test(head) && STATUS_ACTION.test(head);
}
