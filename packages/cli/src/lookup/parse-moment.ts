import { printableLine } from '../output/printable.ts';
import { UsageError } from '../usage-error.ts';

/**
 * A time as a person writes it, in milliseconds since 1970 UTC. // HIS-12
 *
 * @throws UsageError with examples
 */
export function parseMoment(text: string, nowMs: number): number {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const ms = parseIso(text.trim()) ?? parseAgo(words, nowMs) ?? parseWord(words, nowMs);
  if (ms === null || Number.isNaN(ms)) {
    throw new UsageError(
      `Can't read “${printableLine(text)}” as a time.`,
      'Write it like one of: "2026-11-23 14:05", 2026-11-23T14:05:09Z, 2026-11-23, "2 hours ago", yesterday',
    );
  }
  return ms;
}

/** A time that was. */
export interface PastMoment {
  /** What a person is told, in milliseconds since 1970 UTC. */
  readonly shown: number;
  /** Up to which everything is meant: for `now` all that is here, whatever it is stamped with. */
  readonly at: number;
}

/**
 * The same, of a time that was: nothing here says what will be. What is here already was, also if the clock of this
 * device has yet to reach it. // HIS-12
 *
 * @param latestMs no stamp here is later, and nothing arrived later
 * @throws UsageError also for a time to come
 */
export function parsePastMoment(text: string, nowMs: number, latestMs: number): PastMoment {
  const ms = parseMoment(text, nowMs);
  if (ms < nowMs) return { shown: ms, at: ms };
  if (ms === nowMs) return { shown: nowMs, at: Math.max(nowMs, latestMs) };
  if (ms <= latestMs) return { shown: ms, at: ms };
  throw new UsageError(
    `“${printableLine(text)}” is in the future.`,
    `Use a time in the past, such as "2 hours ago". If it is in the past, check this device's clock.`,
  );
}

/** Years that take more than four digits have a sign and six (ECMA-262, 21.4.1.32.1). */
const isoPattern =
  /^(\d{4}|\+\d{6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?$/i;

/** `null` where it is not written so, or is no time of the calendar. */
function parseIso(text: string): number | null {
  const match = isoPattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const fields = [year, Number(month) - 1, day, hour, minute, second].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = fields;
  const utcMs = Date.UTC(y, m, d, h, min, s, ms);
  const parsed = new Date(utcMs);
  const isOfCalendar =
    parsed.getUTCFullYear() === y && parsed.getUTCMonth() === m && h < 24 && min < 60 && s < 60;
  if (!isOfCalendar) return null;
  if (zone === undefined) return new Date(y, m, d, h, min, s, ms).getTime();
  const offsetMs = parseOffset(zone);
  return offsetMs === null ? null : utcMs - offsetMs;
}

/** `+01:00`, `+0100`, `+01`, `Z`. */
function parseOffset(zone: string): number | null {
  if (zone.toLowerCase() === 'z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const agoPattern = /^(\d{1,9}|an?|one) ?(s|sec|second|min|minute|h|hour|d|day|w|week)s? ago$/;

const msByUnit = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

function parseAgo(words: string, nowMs: number): number | null {
  const match = agoPattern.exec(words);
  if (match === null) return null;
  const [, given = '', unit = ''] = match;
  const count = /^\d/.test(given) ? Number(given) : 1;
  const first = unit.charAt(0);
  if (first === 'd' || first === 'w') return daysBefore(nowMs, first === 'w' ? count * 7 : count);
  const ms = first === 's' || first === 'm' || first === 'h' ? msByUnit[first] : 0;
  return nowMs - count * ms;
}

function parseWord(words: string, nowMs: number): number | null {
  if (words === 'now') return nowMs;
  return words === 'yesterday' ? daysBefore(nowMs, 1) : null;
}

/** The same time of day, also across a change of the clocks; `NaN` before all calendars. */
function daysBefore(nowMs: number, days: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() - days);
  return date.getTime();
}
