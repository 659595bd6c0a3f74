/**
 * The candidate that takes the fewest typing mistakes to become `text`, upper and lower case being
 * the same; `null` where each takes more than two, or than a third of the text.
 */
export function findClosest<Candidate extends string>(
  text: string,
  candidates: readonly Candidate[],
): Candidate | null {
  let closest: Candidate | null = null;
  let fewest = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    const mistakes = editDistance(text.toLowerCase(), candidate.toLowerCase());
    if (mistakes < fewest) [closest, fewest] = [candidate, mistakes];
  }
  return closest;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
