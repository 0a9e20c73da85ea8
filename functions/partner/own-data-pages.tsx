import { Page, type Site } from "../adapters/page-frame.tsx";
import { Button, ButtonLink, PostForm } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";

/** The last part of the partner's page: what is stored, to take away or to have erased. */
export function OwnData() {
  return (
    <>
      <h2 id="own-data">Your data</h2>
      <p>
        We store your name, work address and agency, your day and time, which mails we sent you, and
        what you two logged as kinds and days. No reply is kept.
      </p>
      <p>
        You can{" "}
        <a href={PATHS.ownData} download="common-ground-data.csv">
          download it as a table
        </a>{" "}
        at any time.
      </p>
      <PostForm action={PATHS.partner} hidden={{ act: "erase" }}>
        <Button tone="second">Erase my data</Button>
      </PostForm>
    </>
  );
}

/** Asks once more, for it cannot be taken back. Posts to `/partner` with `act` `erase-now`. */
export function ErasePage({ site }: { readonly site: Site }) {
  return (
    <Page site={site} title="Erase your data?" lead="This cannot be taken back.">
      <ul>
        <li>Your name, work address and agency are deleted at once, in every pair you are in.</li>
        <li>Your seat is open then. Your partner is told that, but not why.</li>
        <li>If nobody takes your seat within four weeks, the pair ends.</li>
        <li>What you two logged stays, as kinds and days without your name.</li>
        <li>
          If you stopped our mail before, an unreadable fingerprint of your address stays, so that
          nobody can sign you up again.
        </li>
      </ul>
      <PostForm action={PATHS.partner} hidden={{ act: "erase-now" }}>
        <Button tone="stop">Erase my data now</Button>
      </PostForm>
      <ButtonLink href={PATHS.partner}>Keep it and go back</ButtonLink>
    </Page>
  );
}
