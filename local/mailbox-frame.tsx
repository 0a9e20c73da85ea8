import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { PATHS } from "../functions/adapters/page-paths.ts";
import { STYLE } from "../functions/adapters/page-style.ts";
import { SERVICE_NAME } from "../functions/core/wording.ts";
import { MAILBOX_STYLE } from "./mailbox-style.ts";

/** Where the mailbox's own pages live. */
export const MAILBOX = "/mailbox";

export function mailPath(id: string): string {
  return `${MAILBOX}/messages/${encodeURIComponent(id)}`;
}

export interface MailboxFrameProps {
  readonly title: string;
  readonly children?: Child;
}

/** The frame of the mailbox's pages: looks like the service's own, and says that it is not one of them. */
export function MailboxFrame({ title, children }: MailboxFrameProps) {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang="en" dir="ltr">
        <head>
          <meta charset="utf-8" />
          <title>{`${title} - local mailbox`}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <style>{raw(STYLE)}</style>
          <style>{raw(MAILBOX_STYLE)}</style>
        </head>
        <body class="wide">
          <a class="skip" href="#main">
            Skip to main content
          </a>
          <header>
            <div class="in">
              <a href={MAILBOX}>{SERVICE_NAME}: local mailbox</a>
              <nav aria-label="Service">
                <a href={PATHS.home}>Sign-up form</a>
                <a href={PATHS.signIn}>Partner page</a>
                <a href={PATHS.coordinator}>Coordinator page</a>
              </nav>
            </div>
          </header>
          <main id="main" class="in" tabindex={-1}>
            {children}
          </main>
          <footer>
            <div class="in">
              <p class="quiet">
                This page belongs to the local service only. No mail leaves this machine.
              </p>
            </div>
          </footer>
        </body>
      </html>
    </>
  );
}
