/** `2026-11` of `2026-11-29`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

const dayMs = 24 * 60 * 60_000;

/** The days of a month in rows of weeks, and the short names of the weekdays, as the language begins its weeks. */
export function weeksOf(
  month: string,
  language: string,
): { readonly weekdays: readonly string[]; readonly weeks: readonly (readonly (string | null)[])[] } {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const firstWeekday = startOfWeek(language);
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  // 4 January 1970 was a Sunday.
  const weekdays = Array.from({ length: 7 }, (_, index) => name.format((3 + firstWeekday + index) * dayMs));
  const before = (new Date(first).getUTCDay() - firstWeekday + 7) % 7;
  const cells: (string | null)[] = Array.from({ length: before }, () => null);
  for (let at = first; monthOf(isoDay(at)) === month; at += dayMs) cells.push(isoDay(at));
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, index) => cells.slice(index * 7, index * 7 + 7));
  return { weekdays, weeks };
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** 0 is Sunday. Browsers that don't say are taken to begin on Monday. */
function startOfWeek(language: string): number {
  // Not in TypeScript's types yet, and not in every browser.
  const locale = new Intl.Locale(language).maximize() as Intl.Locale & {
    readonly getWeekInfo?: () => { readonly firstDay: number };
  };
  return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
}
