import { NO_CASE_DETAILS, SERVICE_NAME } from "../core/wording.ts";

/** What people should know before they give a name: what is stored, who sees it, whose records it becomes. */
export function BeforeYouJoin() {
  return (
    <>
      <h2>Before you join</h2>
      <ul>
        <li>
          <b>What we keep:</b> names, work addresses, agencies, roles, the day and time you choose,
          and what you two log: which step, and on what day. We read replies for that and then
          delete them.
        </li>
        <li>
          <b>Who sees it:</b> you and your partner see what either of you logs. Your coordinator
          sees it too, but two kinds of talk are only counted. Nobody sees what you wrote.
        </li>
        <li>
          <b>Records:</b> mail in a work mailbox may be a public record. It may be asked for in
          court.
        </li>
        <li>
          <b>Your duties stay the same:</b> joining does not change what you must report or what you
          must keep to yourself.
        </li>
        <li>
          <b>No case details:</b> {NO_CASE_DETAILS}
        </li>
        <li>
          <b>You can leave:</b> each mail from {SERVICE_NAME} says how to pause or stop.
        </li>
      </ul>
    </>
  );
}
