import { countDays } from '../past/days.ts';
import type { Formats } from '../words/formats.ts';

const daysCounted = 7;

/** The day of a moment, seen from now: `today`, `yesterday`, `3 days ago`, and after a week a date. */
export function tellDay(
  moment: number,
  now: number,
  { formats, language }: { readonly formats: Pick<Formats, 'day' | 'short'>; readonly language: string },
): string {
  const days = countDays(formats.day(moment), formats.day(now));
  if (days < 0 || days >= daysCounted) return formats.short(moment, now);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day');
}
