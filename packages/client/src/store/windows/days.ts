import { uuidToBytes, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../../platform/sql-database.ts';
import { entityOfSpace, isLivingNote } from '../entity-rows.ts';
import { readText } from '../row-values.ts';
import type { DayCount } from './windows.ts';
import { createZoneDays } from './zone-days.ts';

/** The days of a space with their notes, in the time zone of whoever reads. */
export function createDays(database: SqlDatabase): (space: EntityId, zone: string) => readonly DayCount[] {
  // As one text: a row for each would take ten times as long.
  const selectMoments = database.prepare(
    'SELECT json_group_array(moment) AS moments FROM' +
      ` (SELECT e.moment FROM entities e WHERE e.space = ${entityOfSpace} AND ${isLivingNote} ORDER BY e.moment)`,
  );
  return (space, zone) => {
    const dayOf = createZoneDays(zone);
    // SQLite made it of a column of integers.
    const moments = JSON.parse(readText(selectMoments.get(uuidToBytes(space)) ?? {}, 'moments')) as number[];
    const countByDay = new Map<string, { from: number; notes: number }>();
    for (const moment of moments) {
      const day = dayOf(moment);
      const count = countByDay.get(day);
      if (count === undefined) countByDay.set(day, { from: moment, notes: 1 });
      else count.notes += 1;
    }
    return Array.from(countByDay, ([day, count]) => ({ day, ...count }));
  };
}
