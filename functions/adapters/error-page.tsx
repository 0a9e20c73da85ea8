import { Page, type Site } from "./page-frame.tsx";
import { ButtonLink } from "./page-parts.tsx";
import { PATHS } from "./page-paths.ts";

/** Why a request got no page of its own. */
export type Refusal = "not-found" | "foreign-form" | "too-large" | "failed";

/** Says what to do next and nothing about the inside: no path, no id, no error text. */
export function ErrorPage({ site, refusal }: { readonly site: Site; readonly refusal: Refusal }) {
  const { title, next } = WORDS[refusal];
  return (
    <Page site={site} title={title}>
      {next.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <ButtonLink href={PATHS.home}>Go to the start page</ButtonLink>
    </Page>
  );
}

const WORDS: Readonly<
  Record<Refusal, { readonly title: string; readonly next: readonly string[] }>
> = {
  "not-found": {
    title: "We cannot find this page",
    next: [
      "If you typed the address, check it. If you came from a mail, copy the whole link.",
      "You can also answer the mail. Every mail from us says what to reply.",
    ],
  },
  "foreign-form": {
    title: "Please press the button on our own page",
    next: [
      "Your browser told us that this came from another site, so we did nothing.",
      "Go back, open the page again and press the button there.",
    ],
  },
  "too-large": {
    title: "That was too long",
    next: ["Nothing was saved. Go back, shorten what you wrote and send it again."],
  },
  failed: {
    title: "Something went wrong on our side",
    next: [
      "It was not your doing. Please try again in a few minutes.",
      "If it goes wrong again, write to the address below.",
    ],
  },
};
