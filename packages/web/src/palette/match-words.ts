/** How well a text answers what was typed: higher is better, `null` is not at all. */
export function matchWords(typed: string, text: string): number | null {
  const wanted = fold(typed).replace(/\s+/g, '');
  const given = fold(text);
  let score = 0;
  let at = 0;
  let before = -1;
  for (const letter of wanted) {
    const next = findLetter(given, letter, at, before);
    if (next === -1) return null;
    if (before >= 0 && next === before + 1) score += 4;
    if (startsWord(given, next)) score += 3;
    before = next;
    at = next + 1;
  }
  return score - given.length / 100;
}

/** The place right behind the last one first, then the beginning of a word, then any. */
function findLetter(text: string, letter: string, from: number, before: number): number {
  if (before >= 0 && text[from] === letter) return from;
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1))
    if (startsWord(text, at)) return at;
  return text.indexOf(letter, from);
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || /[\s/:–—-]/.test(text[at - 1] ?? '');
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
