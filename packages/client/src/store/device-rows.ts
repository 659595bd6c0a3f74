import { bytesToUuid, uuidToBytes, type DeviceId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { DeviceHole } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Counts of operations by device within one transaction. */
export interface DeviceCounts {
  count(device: DeviceId, n: number): void;
  save(): void;
}

export interface DeviceRows {
  beginCounts(): DeviceCounts;
  holes(): readonly DeviceHole[];
}

interface Count {
  highest: number;
  operations: number;
}

export function createDeviceRows(database: SqlDatabase): DeviceRows {
  const select = database.prepare('SELECT highest, operations FROM devices WHERE id = ?');
  const replace = database.prepare(
    'INSERT OR REPLACE INTO devices (id, highest, operations) VALUES (?, ?, ?)',
  );
  const selectHoles = database.prepare(
    'SELECT id, highest, highest - operations AS missing FROM devices WHERE operations < highest ORDER BY id',
  );

  const load = (id: DeviceId): Count => {
    const row = select.get(uuidToBytes(id));
    return row === undefined
      ? { highest: 0, operations: 0 }
      : { highest: readNumber(row, 'highest'), operations: readNumber(row, 'operations') };
  };

  return {
    beginCounts: () => {
      const countById = new Map<DeviceId, Count>();
      return {
        count: (id, n) => {
          const count = countById.get(id) ?? load(id);
          count.highest = Math.max(count.highest, n);
          count.operations += 1;
          countById.set(id, count);
        },
        save: () => {
          for (const [id, { highest, operations }] of countById)
            replace.run(uuidToBytes(id), highest, operations);
        },
      };
    },
    holes: () =>
      selectHoles.all().map((row) => ({
        device: bytesToUuid<DeviceId>(readBytes(row, 'id')),
        highest: readNumber(row, 'highest'),
        missing: readNumber(row, 'missing'),
      })),
  };
}
