const dayMs = 24 * 60 * 60_000;

/** Days between two, such as `2026-11-24`; less than nothing if the second one is earlier. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The last millisecond of a day, where the reader is. */
export function endOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime() - 1;
}

/** Heights from 0 to 1 of as many bars as there is room for, each of the days that fall on it. */
export function toBars(
  changes: ReadonlyMap<string, number>,
  { first, days, barsMax }: { readonly first: string; readonly days: number; readonly barsMax: number },
): readonly number[] {
  const bars = Array.from({ length: Math.min(days, barsMax) }, () => 0);
  for (const [day, number] of changes) {
    const at = Math.floor((countDays(first, day) * bars.length) / days);
    if (bars[at] !== undefined) bars[at] += number;
  }
  const most = Math.max(1, ...bars);
  // A day with many hides one with few, unless what is shown grows slower than what there was.
  return bars.map((number) => Math.sqrt(number / most));
}
