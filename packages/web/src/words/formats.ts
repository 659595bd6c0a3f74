/** How a reader of this language and time zone sees moments and numbers. */
export interface Formats {
  /** `2026-11-29`, in the reader's zone. */
  day(moment: number): string;
  time(moment: number): string;
  /** As short as it can be from now: a time today, a weekday this week, a day this year. */
  short(moment: number, now: number): string;
  dateAndTime(moment: number): string;
  longDate(moment: number): string;
  dayNumber(moment: number): string;
  weekday(moment: number): string;
  month(moment: number): string;
  monthAndYear(moment: number): string;
  number(value: number): string;
  bytes(value: number): string;
}

const dayMs = 24 * 60 * 60_000;
const bytesPerStep = 1000;
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** @param zone the machine's unless told */
export function createFormats(language: string, zone?: string): Formats {
  const inZone = zone === undefined ? {} : { timeZone: zone };
  const format = (options: Intl.DateTimeFormatOptions): ((moment: number) => string) => {
    const formatter = new Intl.DateTimeFormat(language, { ...options, ...inZone });
    return (moment) => formatter.format(moment);
  };
  // Sweden writes dates as ISO 8601 does.
  const isoDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...inZone });
  const time = format({ timeStyle: 'short' });
  const shortWeekday = format({ weekday: 'short' });
  const dayAndMonth = format({ day: 'numeric', month: 'short' });
  const shortMonthAndYear = format({ month: 'short', year: 'numeric' });
  const day = (moment: number): string => isoDay.format(moment);
  return {
    day,
    time,
    short: (moment, now) => {
      if (day(moment) === day(now)) return time(moment);
      if (moment < now && now - moment < 6 * dayMs) return shortWeekday(moment);
      return Math.abs(now - moment) < 300 * dayMs ? dayAndMonth(moment) : shortMonthAndYear(moment);
    },
    dateAndTime: format({ dateStyle: 'long', timeStyle: 'short' }),
    longDate: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    dayNumber: (moment) => String(Number(day(moment).slice(-2))),
    weekday: format({ weekday: 'long' }),
    month: format({ month: 'long' }),
    monthAndYear: format({ month: 'long', year: 'numeric' }),
    number: (value) => new Intl.NumberFormat(language).format(value),
    bytes: (value) => formatBytes(value, language),
  };
}

function formatBytes(value: number, language: string): string {
  const step = Math.min(
    byteUnits.length - 1,
    value < 1 ? 0 : Math.floor(Math.log(value) / Math.log(bytesPerStep)),
  );
  const inUnit = value / bytesPerStep ** step;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: byteUnits[step] ?? 'byte',
    // The short word for bytes has no plural.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 && inUnit < 100 ? 1 : 0,
  }).format(inUnit);
}
