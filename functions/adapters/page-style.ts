import { createHash } from "node:crypto";

/**
 * The whole style sheet, inline in each page: no second request, and a Content-Security-Policy that
 * names its hash instead of a nonce, so that pages stay the same bytes for everybody.
 *
 * Colours are those of the U.S. Web Design System, but for the focus ring, which has to be seen on
 * white, grey and navy alike; each pair meets WCAG AA in light and dark.
 * Sizes are in rem or em, so that text at 200 % takes its boxes with it.
 */
export const STYLE = minify(`
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f0f0f0; --ink: #1b1b1b; --quiet: #565c65; --line: #71767a; --rule: #dfe1e2;
  --link: #005ea2; --hover: #1a4480; --on: #fff; --ring: #1b83e0; --bad: #b50909; --good: #008817; --mark: #ffbe2e; --bar: #162e51;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #13171d; --panel: #1f262f; --ink: #f0f0f0; --quiet: #c6cace; --line: #a9aeb1; --rule: #3d4551;
    --link: #73b3e7; --hover: #aacdec; --on: #0b1420; --ring: #58b4ff; --bad: #fb8a78; --good: #70e17b; --bar: #0b1d36;
  }
}
* { box-sizing: border-box; }
body {
  display: flex; flex-direction: column; min-height: 100vh; margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 1.0625rem/1.6 system-ui, sans-serif;
}
.in { width: 100%; max-width: 44rem; margin: 0 auto; padding-inline: 1.25rem; }
.wide .in { max-width: 64rem; }
header { background: var(--bar); border-bottom: .25rem solid var(--link); }
header a { display: inline-block; padding-block: .85rem; color: #fff; font-weight: 700; font-size: 1.15rem; text-decoration: none; }
main { flex: 1; padding-block: 2.5rem 3rem; }
footer { border-top: 1px solid var(--rule); background: var(--panel); padding-block: 1.5rem; font-size: .95rem; }
footer p { margin: .35rem 0; }
h1, h2, legend { line-height: 1.25; font-weight: 700; text-wrap: balance; }
h1 { font-size: 2rem; margin: 0 0 1rem; }
h2 { font-size: 1.35rem; margin: 2.25rem 0 .75rem; }
p, ul, ol, dl, blockquote { margin: 0 0 1rem; }
ul, ol { padding-left: 1.4rem; }
li { margin-bottom: .4rem; }
.lead { font-size: 1.2rem; margin-bottom: 1.5rem; }
.quiet, .hint { color: var(--quiet); }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { color: var(--hover); }
header a:hover { color: #fff; text-decoration: underline; }
:focus-visible, .errors:focus { outline: .25rem solid var(--ring); outline-offset: .125rem; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: block; padding: .85rem 1.25rem; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.box { --edge: var(--link); margin: 0 0 1.5rem; padding: 1rem 1.25rem; border-left: .5rem solid var(--edge); background: var(--panel); background: color-mix(in srgb, var(--edge) 11%, var(--page)); }
.box > :last-child { margin-bottom: 0; }
.box h2, .errors h2 { margin-top: 0; font-size: 1.15rem; }
.warn { --edge: var(--mark); }
.done { --edge: var(--good); }
.errors { margin-bottom: 2rem; padding: 1rem 1.25rem; border: .25rem solid var(--bad); }
.errors ul { list-style: none; padding: 0; margin: 0; }
.errors a, footer a, th a, td a { display: inline-block; }
.errors a, .error { color: var(--bad); font-weight: 700; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend { padding: 0; }
.group { border-top: 1px solid var(--rule); padding-top: 1.5rem; margin-top: 1.5rem; }
.group > legend { float: left; width: 100%; margin-bottom: 1rem; font-size: 1.35rem; }
.group > legend + * { clear: both; }
.field { margin-bottom: 1.5rem; }
.field label, .field legend { display: block; font-weight: 700; line-height: 1.4; }
.hint, .error { display: block; margin: 0; }
.bad { border-left: .25rem solid var(--bad); padding-left: 1rem; }
input, select { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 0; }
.field > input, select { display: block; width: 100%; max-width: 30rem; min-height: 2.75rem; margin-top: .4rem; padding: .4rem .6rem; }
.field > .short { max-width: 12rem; }
.bad > input, .bad > select { border: .2rem solid var(--bad); }
.field .choice { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; font-weight: 400; }
.choice input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--link); }
button, .button {
  display: inline-block; min-height: 2.75rem; margin: .25rem .75rem .75rem 0; padding: .65rem 1.25rem; font: inherit; font-weight: 700;
  line-height: 1.3; color: var(--on); background: var(--link); border: 2px solid var(--link); border-radius: .25rem; text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { background: var(--hover); border-color: var(--hover); color: var(--on); }
.second { color: var(--link); background: none; }
.stop { background: var(--bad); border-color: var(--bad); }
.plain { min-height: 1.75rem; margin: 0; padding: .1rem; font-weight: 400; color: var(--link); background: none; border-color: transparent; text-decoration: underline; }
.plain:hover { background: none; border-color: transparent; color: var(--hover); }
.rows { border-top: 1px solid var(--rule); }
.rows > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .6rem 0; border-bottom: 1px solid var(--rule); }
dt { flex: 0 0 11rem; font-weight: 700; }
dd { flex: 1 1 12rem; margin: 0; min-width: 0; overflow-wrap: anywhere; }
.side { flex: none; }
blockquote { padding: 1rem 1.25rem .1rem; background: var(--panel); }
table { width: 100%; border-collapse: collapse; margin-bottom: 1.5rem; }
th, td { padding: .6rem 1rem .6rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; border-bottom: 1px solid var(--rule); }
tbody span { display: block; font-weight: 400; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 0; list-style: none; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; }
@media (max-width: 48rem) {
  h1 { font-size: 1.65rem; }
  button, .button { width: 100%; margin-right: 0; text-align: center; }
  .plain { width: auto; }
  dt { flex-basis: 100%; }
  thead { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { padding: .75rem 0; border-bottom: 1px solid var(--rule); }
  th, td { border: 0; padding: .1rem 0; }
  [data-label]::before { content: attr(data-label) ":\\a0"; color: var(--quiet); }
}
`);

/** What the Content-Security-Policy must name for browsers to apply the style sheet. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** The sheet is written for people; spaces around punctuation mean nothing to a browser here. */
function minify(sheet: string): string {
  return sheet
    .replace(/\s+/g, " ")
    .replace(/\s*([{};,>])\s*/g, "$1")
    .replace(/:\s+/g, ":")
    .replace(/;}/g, "}")
    .trim();
}
