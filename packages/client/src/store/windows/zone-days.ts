import { DataansError, limits } from '@dataans/core';
import { msToIso } from '../../platform/time-text.ts';

const dayMs = 86_400_000;
const offsetPattern = /GMT(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)(?::(?<seconds>\d\d))?/;

/**
 * The day of a moment in a time zone, as `2026-11-29`. The clock of the zone is asked twice for each day and not for
 * each moment, except on a day on which it is put forward or back.
 *
 * @param zone IANA name
 * @throws DataansError `invalid` if it is none
 */
export function createZoneDays(zone: string): (moment: number) => string {
  const readOffset = createOffsetReader(zone);
  const offsetByDay = new Map<number, number>();
  const offsetAtStart = (day: number): number => {
    const known = offsetByDay.get(day);
    if (known !== undefined) return known;
    const offset = readOffset(inDate(day * dayMs));
    offsetByDay.set(day, offset);
    return offset;
  };
  const textByDay = new Map<number, string>();
  const textOf = (day: number): string => {
    const known = textByDay.get(day);
    if (known !== undefined) return known;
    const text = msToIso(inDate(day * dayMs)).replace(/T.*/, '');
    textByDay.set(day, text);
    return text;
  };
  return (moment) => {
    const day = Math.floor(moment / dayMs);
    const offset = offsetAtStart(day);
    const local = moment + (offset === offsetAtStart(day + 1) ? offset : readOffset(moment));
    return textOf(Math.floor(local / dayMs));
  };
}

/** Neither before nor after the days that JavaScript has. */
function inDate(moment: number): number {
  return Math.min(limits.noteDateMaxMs, Math.max(-limits.noteDateMaxMs, moment));
}

/** How far the clock of the zone is ahead of UTC, in milliseconds. */
function createOffsetReader(timeZone: string): (moment: number) => number {
  const format = createFormat(timeZone);
  return (moment) => {
    const { sign, hours, minutes, seconds = '0' } = offsetPattern.exec(format.format(moment))?.groups ?? {};
    if (sign === undefined) return 0;
    const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return (sign === '-' ? -offset : offset) * 1_000;
  };
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw new DataansError('invalid', `“${timeZone}” isn't a time zone.`, {
      advice: 'Give its name, such as Europe/Kyiv.',
      cause,
    });
  }
}
