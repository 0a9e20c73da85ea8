/**
 * What an element means for the reply: a container of quoted text, of a signature, or the mark after
 * which everything is quoted. `quote-if-introduced` is a bare blockquote, which people also use to
 * indent: it is a quote only below "On ... wrote:".
 */
export type Cut = "quoted" | "signature" | "quoted-from-here" | "quote-if-introduced";

export function cutOf(name: string, attributes: Readonly<Record<string, string>>): Cut | undefined {
  if (name !== "blockquote" && !HINTS.some((hint) => hint in attributes)) return undefined;
  const id = attributes.id ?? "";
  const classes = (attributes.class ?? "").split(/\s+/);
  const isAny = (names: ReadonlySet<string>) =>
    names.has(id) || classes.some((one) => names.has(one));
  if (isAny(QUOTED_FROM_HERE) || isWordHeader(attributes)) return "quoted-from-here";
  if (isAny(SIGNATURES) || /^(?:x_)?(?:ms-outlook-mobile-)?signature$/i.test(id))
    return "signature";
  if (isAny(QUOTES) || QUOTE_MARKERS.has(attributes["data-marker"] ?? "")) return "quoted";
  if (/yahoo_quoted|^yiv\d+yqt/.test(`${id} ${classes.join(" ")}`)) return "quoted";
  if (attributes.name === "messageReplySection") return "quoted";
  if (attributes["data-marker"] === "__SIG_PRE__") return "signature";
  if (name !== "blockquote") return undefined;
  return attributes.type === "cite" || isAny(QUOTE_BLOCKS) ? "quoted" : "quote-if-introduced";
}

/** Attributes that clients mark their containers with. */
const HINTS = ["id", "class", "style", "name", "data-marker"];

/** Outlook, Exchange and their web and mobile forms put the original below these. */
const QUOTED_FROM_HERE = new Set([
  "divRplyFwdMsg",
  "x_divRplyFwdMsg",
  "appendonsend",
  "x_appendonsend",
  "mail-editor-reference-message-container",
  "OLK_SRC_BODY_SECTION",
  "isForwardContent",
  "isReplyContent",
]);

const SIGNATURES = new Set([
  "Signature",
  "x_Signature",
  "gmail_signature",
  "gmail_signature_prefix",
  "ms-outlook-mobile-signature",
  "AppleMailSignature",
  "lineBreakAtBeginningOfSignature",
  "moz-signature",
  "protonmail_signature_block",
  "protonmail_signature_block-user",
  "protonmail_signature_block-proton",
  "zmail_signature",
  "composer_signature",
  "yahoo_signature",
  "ydpsignature",
  "mobile_signature",
  "front-signature",
]);

const QUOTES = new Set([
  "gmail_attr",
  "gmail_quote_attribution",
  "moz-cite-prefix",
  "moz-email-headers-table",
  "moz-forward-container",
  "protonmail_quote",
  "zmail_extra",
  "zmail_extra_hr",
  "front-blockquote",
  "cm_quote",
  "cm_signature_and_quote",
  "mailspring-quote",
  "tutanota_quote",
  "WordSection1_quote",
]);

const QUOTE_BLOCKS = new Set([
  "gmail_quote",
  "protonmail_quote",
  "tutanota_quote",
  "mailspring-quote",
  "front-blockquote",
]);

const QUOTE_MARKERS = new Set(["__QUOTED_TEXT__", "__HEADERS__", "__DIVIDER__"]);

/** Word draws a grey or blue line over the header block of the original. */
function isWordHeader(attributes: Readonly<Record<string, string>>): boolean {
  const style = (attributes.style ?? "").toLowerCase().replace(/\s+/g, "");
  return /border-top:solid#(?:e1e1e1|b5c4df)1\.0pt|border-top:#(?:e1e1e1|b5c4df)1(?:\.0)?pt?x?solid/.test(
    style,
  );
}
