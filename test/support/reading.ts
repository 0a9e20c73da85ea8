/** Sentences with letters in them; addresses and telephone numbers say nothing about how easily a text reads. */
export function sentencesOf(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(/(?<=[.?!:])\s+/))
    .filter((sentence) => /[a-z]/i.test(sentence) && !/@|\d{3}/.test(sentence));
}

/** Flesch-Kincaid grade: how many years of school a text asks for. Syllables are counted by groups of vowels. */
export function readingGrade(texts: readonly string[]): number {
  const sentences = sentencesOf(texts);
  const words = sentences.flatMap((sentence) => sentence.match(/[a-z']+/gi) ?? []);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  if (words.length === 0) return 0;
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length <= 3) return 1;
  const spoken = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "");
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}
