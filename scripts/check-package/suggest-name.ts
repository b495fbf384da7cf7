import { distance } from 'fastest-levenshtein';

/** So many letters may be wrong in a name that is taken for a misspelling. */
const MOST_WRONG_LETTERS = 3;

/** A near name, for those who mistyped; nothing where there is none. */
export function suggestName(wrong: string, names: Iterable<string>): string {
  const near = [...names]
    .map((name) => ({ name, wrongLetters: distance(name.toLowerCase(), wrong.toLowerCase()) }))
    .filter(({ wrongLetters }) => wrongLetters <= MOST_WRONG_LETTERS)
    .sort((a, b) => a.wrongLetters - b.wrongLetters);
  return near[0] === undefined ? '' : ` Did you mean "${near[0].name}"?`;
}
