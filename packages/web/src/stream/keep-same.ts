/** The new rows, with the old object for each that says the same: what did not change is not drawn again. */
export function keepSame<Row extends { readonly id: string }>(
  before: readonly Row[],
  now: readonly Row[],
): readonly Row[] {
  const old = new Map(before.map((row) => [row.id, row]));
  return now.map((row) => {
    const same = old.get(row.id);
    return same !== undefined && JSON.stringify(same) === JSON.stringify(row) ? same : row;
  });
}
