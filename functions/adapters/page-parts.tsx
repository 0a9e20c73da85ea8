import type { Child } from "hono/jsx";
import type { Day } from "../core/instant.ts";
import { dayWords, EMERGENCY, HOTLINE } from "../core/wording.ts";

export interface ButtonProps {
  readonly children?: Child;
  /** What a press sends as `act`. */
  readonly act?: string;
  readonly tone?: "main" | "second" | "stop";
}

export function Button({ children, act, tone = "main" }: ButtonProps) {
  return (
    <button
      type="submit"
      name={act === undefined ? undefined : "act"}
      value={act}
      class={tone === "main" ? undefined : tone}
    >
      {children}
    </button>
  );
}

export function ButtonLink(props: { readonly href: string; readonly children?: Child }) {
  return (
    <a class="button" href={props.href}>
      {props.children}
    </a>
  );
}

export interface PostFormProps {
  readonly action: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly children?: Child;
}

/** Everything that changes something is such a form: GET never does. Errors are ours to explain, hence `novalidate`. */
export function PostForm({ action, hidden = {}, id, children }: PostFormProps) {
  return (
    <form method="post" action={action} id={id} novalidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

export interface SummaryRow {
  readonly term: string;
  readonly detail: Child;
  readonly action?: Child;
}

export function SummaryList(props: { readonly rows: readonly SummaryRow[] }) {
  return (
    <dl class="rows">
      {props.rows.map(({ term, detail, action }) => (
        <div>
          <dt>{term}</dt>
          <dd>{detail}</dd>
          {action === undefined ? null : <dd class="side">{action}</dd>}
        </div>
      ))}
    </dl>
  );
}

export interface NoticeProps {
  readonly title?: string;
  readonly tone?: "info" | "warn" | "done";
  readonly children?: Child;
}

export function Notice({ title, tone = "info", children }: NoticeProps) {
  return (
    <div class={tone === "info" ? "box" : `box ${tone}`}>
      {title === undefined ? null : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** For anybody who lands on a staff page while somebody is in danger. */
export function DangerNotice() {
  return (
    <Notice tone="warn">
      <p>
        This page is for staff. If someone is in danger, call{" "}
        <a href={EMERGENCY.call}>{EMERGENCY.number}</a>.
      </p>
      <p>
        {HOTLINE.name}: <a href={HOTLINE.call}>{HOTLINE.number}</a>, or text{" "}
        <a href={HOTLINE.text}>{HOTLINE.textNumber}</a>.
      </p>
    </Notice>
  );
}

export function DayText(props: { readonly day: Day; readonly withYear?: boolean }) {
  return (
    <time datetime={props.day}>
      {dayWords(props.day, props.withYear ? "with-year" : "without-year")}
    </time>
  );
}
