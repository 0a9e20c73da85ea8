import { Page, type Site } from "../adapters/page-frame.tsx";
import { ButtonLink } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { NO_CASE_DETAILS, SERVICE_NAME } from "../core/wording.ts";

/** For supervisors and everybody else who wants to know first. Public, without any token: safe to forward. */
export function AboutPage({ site }: { readonly site: Site }) {
  return (
    <Page
      site={site}
      title={`About ${SERVICE_NAME}`}
      lead="For supervisors, and for anybody who wants to know more before they join."
    >
      <WhatItIs />
      <WhatItIsNot />
      <WhoSeesWhat />
      <Privacy site={site} />
      <ButtonLink href={PATHS.home}>Sign up with your partner</ButtonLink>
    </Page>
  );
}

function WhatItIs() {
  return (
    <>
      <h2>What it is</h2>
      <p>
        {SERVICE_NAME} is an email course for two people. One works in law enforcement, the other at
        a service provider. They sign up together, and both must say yes.
      </p>
      <p>
        They get one short lesson a week for eleven weeks. Each lesson asks for one small step, such
        as a call, a coffee or a list. A step takes less than 45 minutes. After that, a mail now and
        then asks how it goes.
      </p>
      <p>
        The lessons follow a one-page fact sheet, "Tips for Working with Law Enforcement", by Safe
        Harbour NY.
      </p>
    </>
  );
}

function WhatItIsNot() {
  return (
    <>
      <h2>What it is not</h2>
      <ul>
        <li>
          <b>It is not proven.</b> The tips rest on years of experience. Learning them in pairs by
          email has not been tested.
        </li>
        <li>
          <b>It binds no agency.</b> When a partner logs a step, two people did something. It is
          never a promise by their agencies. Only people who may sign for an agency can make one.
        </li>
        <li>
          <b>It changes no duty.</b> Duties to report and duties to keep things private stay as they
          are. An agreement between agencies does not replace a signed release.
        </li>
        <li>
          <b>It is not for case work.</b> {NO_CASE_DETAILS}
        </li>
      </ul>
    </>
  );
}

function WhoSeesWhat() {
  return (
    <>
      <h2>Who sees what</h2>
      <table>
        <caption class="vh">Who sees what is stored</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">The two partners</th>
            <th scope="col">The coordinator</th>
          </tr>
        </thead>
        <tbody>
          {VISIBLE.map(([what, partners, coordinator]) => (
            <tr>
              <th scope="row">{what}</th>
              <td data-label="The two partners">{partners}</td>
              <td data-label="The coordinator">{coordinator}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const VISIBLE = [
  ["Name, work address and agency", "Both", "Yes"],
  ["Steps they log, with the day", "Both", "Yes, but two kinds of talk are only counted"],
  ["Where their written agreement stands", "Both", "Yes"],
  ["Which mails went out and arrived", "Only their own", "Yes, but not what they say"],
  ["The words of a reply", "Nobody", "Nobody"],
  ["Who asked for a break", "Only that person", "No, only that lessons wait"],
] as const;

function Privacy({ site }: { readonly site: Site }) {
  return (
    <>
      <h2>What we keep, and for how long</h2>
      <p>
        We keep names, work addresses, agencies, roles, the chosen day and time, and which step was
        logged on which day. We read a reply to see what was done, then delete it. There is no place
        where notes could be kept.
      </p>
      <p>
        90 days after a pair ends we delete names and addresses. Only counts stay. Lesson mails hold
        no pictures that report back, and nobody sees who opened them.
      </p>
      <h2>Records</h2>
      <p>
        Mail in a work mailbox may be a public record. It may be asked for in court. The lessons are
        written so that anybody may read them.
      </p>
      <h2>Links in our mails</h2>
      <p>
        People forward mails. So a link in a mail shows nothing about the pair and can only do small
        things, such as pause or stop. What a pair logged opens only through a link that we send to
        a partner who asks for it.
      </p>
      <h2>Leaving, and being deleted</h2>
      <p>
        Anybody can stop at any time: reply STOP, or press the button in the mail. To have your data
        deleted, write to <a href={`mailto:${site.helpEmail}`}>{site.helpEmail}</a> from your work
        address. We keep one scrambled code of the address, only so that we never write to it again.
      </p>
    </>
  );
}
