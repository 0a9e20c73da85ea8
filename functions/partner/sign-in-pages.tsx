import { TextField } from "../adapters/form-fields.tsx";
import { type FieldError, Page, type Site } from "../adapters/page-frame.tsx";
import { Button, ButtonLink, PostForm } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";

/** Both kinds of people who can sign in see the same pages; only the ways differ. */
export type SignInDoor = "partner" | "coordinator";

const WAYS = {
  partner: { ask: PATHS.signIn, open: PATHS.openPartner },
  coordinator: { ask: PATHS.coordinatorSignIn, open: PATHS.openCoordinator },
} as const;

export interface SignInRequestPageProps {
  readonly site: Site;
  readonly door?: SignInDoor;
  /** The address as typed before, when something was wrong with it. */
  readonly email?: string;
  readonly errors?: readonly FieldError[];
}

/** Posts `email`. There is no password to remember (WCAG 3.3.8). */
export function SignInRequestPage(props: SignInRequestPageProps) {
  const { site, door = "partner", email = "", errors = [] } = props;
  return (
    <Page
      site={site}
      title={door === "partner" ? "Open your page" : "Open the list of pairs"}
      lead="We send a link to your work address. You need no password."
      errors={errors}
    >
      <PostForm action={WAYS[door].ask}>
        <TextField
          name="email"
          label="Your work email address"
          hint="The one that our mails go to."
          type="email"
          value={email}
          errors={errors}
          autocomplete="email"
        />
        <Button>Send me the link</Button>
      </PostForm>
    </Page>
  );
}

/** The same for every address: it never tells who takes part. */
export function SignInSentPage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="Now check your mail">
      <p>If this address takes part, a mail with a link is on its way. Open it on this device.</p>
      <p>The link works once, and only for a short time.</p>
      <h2>Nothing within ten minutes?</h2>
      <p>
        Look in your junk mail. Make sure that you gave the address our mails go to. Then write to{" "}
        <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a>.
      </p>
    </Page>
  );
}

export interface SignInPageProps {
  readonly site: Site;
  readonly token: string;
  readonly door?: SignInDoor;
}

/** Programs that look into mails open links too; so the link only shows this button, and the button opens. */
export function SignInPage({ site, token, door = "partner" }: SignInPageProps) {
  return (
    <Page site={site} title="You are nearly there">
      <p>Press the button to go on. If you did not ask for this link, just close this page.</p>
      <PostForm action={WAYS[door].open} hidden={{ token }}>
        <Button>{door === "partner" ? "Open my page" : "Open the list of pairs"}</Button>
      </PostForm>
    </Page>
  );
}

/** Used, too old, or the session has ended. */
export function SignInOverPage(props: { readonly site: Site; readonly door?: SignInDoor }) {
  const { site, door = "partner" } = props;
  return (
    <Page site={site} title="Please ask for a new link">
      <p>
        For your safety a link works once and only for a short time. After a while without a click
        you are signed out too. Nothing was lost.
      </p>
      <ButtonLink href={WAYS[door].ask}>Get a new link</ButtonLink>
    </Page>
  );
}
