/**
 * First line of every mail that can be answered, by locale of the course. What stands below it in a
 * reply is our own mail, whatever the client did to it, so readers of replies cut here.
 */
export const REPLY_MARKERS: Readonly<Record<string, string>> = {
  en: "Reply above this line. One word is enough.",
  es: "Responda por encima de esta línea. Basta una palabra.",
};

/** The marker of the English course. */
export const REPLY_MARKER = "Reply above this line. One word is enough.";
