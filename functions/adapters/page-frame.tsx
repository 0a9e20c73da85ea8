import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { SERVICE_NAME } from "../core/wording.ts";
import { PATHS } from "./page-paths.ts";
import { STYLE } from "./page-style.ts";

/** What every page shows about the service it belongs to. */
export interface Site {
  /** A person who answers: the coordinator of the reader's cohort, or of the default one. */
  readonly helpEmail: string;
  /** The address all our mail comes from, so that people can recognise it. */
  readonly sender: string;
}

/** What is wrong with one field, and how to mend it; `field` is the field's name and its id on the page. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export interface PageProps {
  readonly site: Site;
  readonly title: string;
  readonly lead?: string;
  readonly errors?: readonly FieldError[];
  /** Lists need more room than sentences. */
  readonly wide?: boolean;
  readonly children?: Child;
}

/**
 * The frame of every page. Nothing in it needs a script, a cookie or a second request; help stands
 * in the same place everywhere (WCAG 3.2.6).
 */
export function Page({ site, title, lead, errors = [], wide, children }: PageProps) {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang="en" dir="ltr">
        <Head title={errors.length > 0 ? `Error: ${title}` : title} />
        <body class={wide ? "wide" : undefined}>
          <a class="skip" href="#main">
            Skip to main content
          </a>
          <header>
            <div class="in">
              <a href={PATHS.home}>{SERVICE_NAME}</a>
            </div>
          </header>
          <main id="main" class="in" tabindex={-1}>
            <ErrorSummary errors={errors} />
            <h1>{title}</h1>
            {lead === undefined ? null : <p class="lead">{lead}</p>}
            {children}
          </main>
          <Footer site={site} />
        </body>
      </html>
    </>
  );
}

/** A tiny picture inside the page: browsers would otherwise ask for /favicon.ico on every visit. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%23162e51'/%3E%3Ccircle cx='6' cy='8' r='3.5' fill='%2373b3e7'/%3E%3Ccircle cx='10' cy='8' r='3.5' fill='%23fff' fill-opacity='.8'/%3E%3C/svg%3E";

function Head({ title }: { readonly title: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${title} - ${SERVICE_NAME}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <link rel="icon" href={ICON} />
      <style>{raw(STYLE)}</style>
    </head>
  );
}

/** Comes before the heading and takes the focus, so that nobody has to hunt for what went wrong. */
function ErrorSummary({ errors }: { readonly errors: readonly FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    <div class="errors" role="alert" aria-labelledby="errors-title" tabindex={-1} autofocus>
      <h2 id="errors-title">There is a problem</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Footer({ site }: { readonly site: Site }) {
  return (
    <footer>
      <div class="in">
        <p>
          Need help? Write to <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
        </p>
        <p>
          <a href={PATHS.about}>About {SERVICE_NAME}</a>
        </p>
        <p class="quiet">Nobody watches this site for emergencies. Call 911 or your duty line.</p>
      </div>
    </footer>
  );
}
