/**
 * Words that must not show where others can read over a shoulder: subjects, previews, link texts and
 * the first characters of a mail, which lock screens and mailbox lists display.
 */
const REVEALING = [
  /traffick\w*/i,
  /exploit\w*/i,
  /\bcsec\b/i,
  /survivors?/i,
  /victim\w*/i,
  /\bminors?\b/i,
  /\byouths?\b/i,
  /\bclients?\b/i,
  /\bcases?\b/i,
  /safe\s+harbou?r/i,
  /confidential\w*/i,
  /urgent\w*/i,
];

/** How much of a mail's beginning a lock screen or a mailbox list may show. */
export const GLANCE_LENGTH = 120;

/** The first word that reveals what the mail is about; also checks a subject that a coordinator chose. */
export function findRevealingWord(text: string): string | undefined {
  return REVEALING.map((word) => word.exec(text)?.[0]).find((found) => found !== undefined);
}
