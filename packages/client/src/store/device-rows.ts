import { bytesToUuid, uuidToBytes, type DeviceId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { DeviceHole, NumberRun } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Counts of operations by device within one transaction. */
export interface DeviceCounts {
  count(device: DeviceId, n: number): void;
  save(): void;
}

export interface DeviceRows {
  beginCounts(): DeviceCounts;
  /** See `LocalLog.holes`. */
  holes(devices: 'suspected' | 'all'): readonly DeviceHole[];
}

/** Most runs of missing numbers that are told. */
const runsMax = 1_000;

interface Count {
  highest: number;
  operations: number;
}

export function createDeviceRows(database: SqlDatabase): DeviceRows {
  const select = database.prepare('SELECT highest, operations FROM devices WHERE id = ?');
  const replace = database.prepare(
    'INSERT OR REPLACE INTO devices (id, highest, operations) VALUES (?, ?, ?)',
  );
  const selectSuspected = database.prepare(
    'SELECT id, highest FROM devices WHERE operations < highest ORDER BY id',
  );
  const selectAll = database.prepare('SELECT id, highest FROM devices ORDER BY id');
  const selectNumbers = database.prepare(
    "SELECT json_extract(CAST(body AS TEXT), '$.n') AS n FROM operations" +
      " WHERE json_extract(CAST(body AS TEXT), '$.device') = ? ORDER BY n",
  );

  const load = (id: DeviceId): Count => {
    const row = select.get(uuidToBytes(id));
    return row === undefined
      ? { highest: 0, operations: 0 }
      : { highest: readNumber(row, 'highest'), operations: readNumber(row, 'operations') };
  };

  function* numbersOf(device: DeviceId): Iterable<number> {
    for (const row of selectNumbers.iterate(device)) yield readNumber(row, 'n');
  }

  return {
    beginCounts: () => {
      const countById = new Map<DeviceId, Count>();
      let last: { readonly id: DeviceId; readonly count: Count } | null = null;
      const countOf = (id: DeviceId): Count => {
        const count = countById.get(id) ?? load(id);
        countById.set(id, count);
        return count;
      };
      return {
        count: (id, n) => {
          // Most follow one of the same device: to compare two ids costs less than to look one up.
          if (last?.id !== id) last = { id, count: countOf(id) };
          last.count.highest = Math.max(last.count.highest, n);
          last.count.operations += 1;
        },
        save: () => {
          for (const [id, { highest, operations }] of countById)
            replace.run(uuidToBytes(id), highest, operations);
        },
      };
    },
    holes: (devices) =>
      (devices === 'all' ? selectAll : selectSuspected)
        .all()
        .map((row) => {
          const device = bytesToUuid<DeviceId>(readBytes(row, 'id'));
          return { device, highest: readNumber(row, 'highest'), ...findMissing(numbersOf(device)) };
        })
        .filter(({ missing }) => missing > 0),
  };
}

/** What numbers that ascend from 1, some of them more than once, leave out. */
function findMissing(numbers: Iterable<number>): Pick<DeviceHole, 'missing' | 'runs'> {
  const runs: NumberRun[] = [];
  let missing = 0;
  let next = 1;
  for (const number of numbers) {
    if (number > next) {
      missing += number - next;
      if (runs.length < runsMax) runs.push({ first: next, last: number - 1 });
    }
    next = Math.max(next, number + 1);
  }
  return { missing, runs };
}
