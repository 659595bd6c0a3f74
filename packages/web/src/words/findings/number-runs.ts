const runsToldMax = 5;

/** Numbers in a row, by both ends. */
export type Runs = readonly (readonly [first: number, last: number])[];

/** `57`, or `3–5, 9`. */
export function formatRuns(runs: Runs): string {
  const told = runs
    .slice(0, runsToldMax)
    .map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  return [...told, ...(runs.length > told.length ? ['…'] : [])].join(', ');
}
