import { bytesToUuid, uuidToBytes, type DeviceId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { DeviceHole } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Counts of operations by device within one transaction. */
export interface DeviceCounts {
  /** The integer that stands for the device. */
  resolve(device: DeviceId): number;
  count(device: DeviceId, n: number): void;
  save(): void;
}

export interface DeviceRows {
  beginCounts(): DeviceCounts;
  holes(): readonly DeviceHole[];
}

interface Counted {
  readonly device: number;
  highest: number;
  operations: number;
}

export function createDeviceRows(database: SqlDatabase): DeviceRows {
  const select = database.prepare('SELECT device, highest, operations FROM devices WHERE id = ?');
  const insert = database.prepare('INSERT INTO devices (id, highest, operations) VALUES (?, 0, 0)');
  const update = database.prepare('UPDATE devices SET highest = ?, operations = ? WHERE device = ?');
  const selectHoles = database.prepare(
    'SELECT id, highest, highest - operations AS missing FROM devices WHERE operations < highest ORDER BY id',
  );

  const load = (id: DeviceId): Counted => {
    const bytes = uuidToBytes(id);
    const row = select.get(bytes);
    if (row === undefined) return { device: insert.run(bytes).lastInsertRowid, highest: 0, operations: 0 };
    return {
      device: readNumber(row, 'device'),
      highest: readNumber(row, 'highest'),
      operations: readNumber(row, 'operations'),
    };
  };

  return {
    beginCounts: () => {
      const countedById = new Map<DeviceId, Counted>();
      const find = (id: DeviceId): Counted => {
        const counted = countedById.get(id) ?? load(id);
        countedById.set(id, counted);
        return counted;
      };
      return {
        resolve: (id) => find(id).device,
        count: (id, n) => {
          const counted = find(id);
          counted.highest = Math.max(counted.highest, n);
          counted.operations += 1;
        },
        save: () => {
          for (const { device, highest, operations } of countedById.values())
            update.run(highest, operations, device);
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
