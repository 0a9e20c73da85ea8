import { createHash } from "node:crypto";

/** What the mailbox needs beyond the service's own sheet: a board of inboxes, tabs, and the mail itself. */
export const MAILBOX_STYLE = `
.wide .in { max-width: 76rem; }
header .in { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.75rem; }
header nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
header nav a { font-size: 1rem; font-weight: 400; padding: .5rem 0; text-decoration: underline; }
.clock { display: grid; gap: .25rem 2rem; margin: 0 0 2rem; padding: 1.25rem; background: var(--panel); border-left: .5rem solid var(--link); }
.clock p { margin: 0; }
.clock .time { font-size: 1.35rem; font-weight: 700; line-height: 1.3; }
.clock form { margin-top: .75rem; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 1rem; }
.clock .bar { margin-bottom: 0; }
.bar button { margin: 0; padding: .5rem .9rem; }
.board { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 2rem; align-items: start; }
.inbox { border: 1px solid var(--rule); border-top: .25rem solid var(--link); }
.inbox > header { background: none; border: 0; padding: .9rem 1.1rem .75rem; }
.inbox h2 { margin: 0; font-size: 1.2rem; }
.inbox > header p { margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
.inbox ol { list-style: none; margin: 0; padding: 0; }
.inbox li { margin: 0; border-top: 1px solid var(--rule); }
.inbox li a { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .65rem 1.1rem; text-decoration: none; color: var(--ink); }
.inbox li a:hover { background: var(--panel); }
.inbox li a > span:first-child { color: var(--link); text-decoration: underline; text-underline-offset: .15em; }
.inbox time, .inbox .kind { color: var(--quiet); font-size: .92rem; }
.inbox time { grid-column: 1 / -1; }
.inbox summary { padding: .75rem 1.1rem; border-top: 1px solid var(--rule); color: var(--link); cursor: pointer; }
.pill { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; white-space: nowrap; }
.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: 1.5rem 0 0; padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
.tabs li { margin: 0 0 -1px; }
.tabs a { display: block; padding: .6rem 1.1rem; border: 1px solid transparent; text-decoration: none; }
.tabs a:hover { text-decoration: underline; }
.tabs a[aria-current] { border-color: var(--line); border-bottom-color: var(--page); border-radius: .25rem .25rem 0 0; background: var(--page); color: var(--ink); font-weight: 700; }
.sheet { border: 1px solid var(--line); border-top: 0; margin-bottom: 1.5rem; }
.sheet iframe { display: block; width: 100%; height: 48rem; border: 0; background: #fff; resize: vertical; }
.sheet pre { margin: 0; padding: 1rem 1.25rem; max-height: 48rem; overflow: auto; font: .92rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.sheet pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
.split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 3rem; }
.links { padding-left: 1.2rem; }
.links code { display: block; color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
textarea { display: block; width: 100%; min-height: 8rem; margin-top: .4rem; padding: .6rem; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--line); border-radius: 0; }
.field input[type="email"] { max-width: none; }
@media (min-width: 64rem) {
  .split { grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); }
}
@media (max-width: 48rem) {
  .bar button { width: auto; flex: 1 1 8rem; }
  .tabs { gap: 0; }
  .tabs a { padding: .6rem .55rem; }
  .sheet iframe { height: 36rem; }
  .inbox header, .inbox li a { padding-left: .9rem; padding-right: .9rem; }
}
`;

export const MAILBOX_STYLE_SOURCE = `'sha256-${createHash("sha256").update(MAILBOX_STYLE).digest("base64")}'`;
