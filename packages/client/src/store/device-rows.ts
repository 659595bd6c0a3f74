import { bytesToUuid, uuidToBytes, type AnyOperation, type DeviceId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { codeByKind } from './kind-codes.ts';
import type { DeviceHole, NumberRun } from './local-log.ts';
import { readBytes, readNullableNumber, readNumber } from './row-values.ts';

/** Numbers of operations by device within one transaction. */
export interface DeviceCounts {
  count(operation: Pick<AnyOperation, 'device' | 'n' | 'waits'>): void;
  save(): void;
}

/** Which numbers of each device are here: a run for each stretch without a hole. // OPR-3 */
export interface DeviceRows {
  beginCounts(): DeviceCounts;
  /** See `LocalLog.countNews`. */
  countNews(): number;
  /** See `LocalLog.highest`. */
  highest(): Readonly<Record<DeviceId, number>>;
  /** See `LocalLog.seen`. */
  seen(): Readonly<Record<DeviceId, number>>;
  /** See `LocalLog.holes`. */
  holes(): readonly DeviceHole[];
}

/** Most runs of missing numbers that are told. */
const runsMax = 1_000;

interface GrowingRun {
  readonly device: DeviceId;
  readonly first: number;
  last: number;
  /** What the operation with the last number says. */
  waits: number | null;
}

export function createDeviceRows(database: SqlDatabase): DeviceRows {
  const selectBefore = database.prepare(
    'SELECT first, last FROM numbers WHERE device = ? AND first <= ? ORDER BY first DESC',
  );
  const remove = database.prepare('DELETE FROM numbers WHERE device = ? AND first = ?');
  const insert = database.prepare('INSERT INTO numbers (device, first, last) VALUES (?, ?, ?)');
  const selectAll = database.prepare(
    'SELECT n.device, n.first, n.last, a.waits FROM numbers n LEFT JOIN announced a ON a.device = n.device' +
      ' ORDER BY n.device, n.first',
  );
  const selectLast = database.prepare('SELECT max(last) AS n FROM numbers WHERE device = ?');
  const insertAnnounced = database.prepare('INSERT OR REPLACE INTO announced (device, waits) VALUES (?, ?)');
  const removeAnnounced = database.prepare('DELETE FROM announced WHERE device = ?');

  const selectHighest = database.prepare('SELECT device, max(last) AS n FROM numbers GROUP BY device');
  const selectSeen = database.prepare('SELECT device, last AS n FROM numbers WHERE first = 1');
  const selectNews = database.prepare(
    'SELECT (SELECT count(*) FROM operations) - (SELECT count(*) FROM operations WHERE entity IN' +
      ` (SELECT entity FROM entities WHERE kind = ${codeByKind.device})) AS news`,
  );

  const save = ({ device, ...run }: GrowingRun): void => {
    const id = uuidToBytes(device);
    let { first, last } = run;
    const joined: number[] = [];
    for (const row of selectBefore.iterate(id, last + 1)) {
      const known = rowToRun(row);
      if (known.last < first - 1) break;
      joined.push(known.first);
      first = Math.min(first, known.first);
      last = Math.max(last, known.last);
    }
    for (const start of joined) remove.run(id, start);
    insert.run(id, first, last);
  };

  /** Only what a device said last counts. // OPR-8 */
  const announce = ({ device, last, waits }: GrowingRun): void => {
    const id = uuidToBytes(device);
    if (readNumber(selectLast.get(id) ?? {}, 'n') !== last) return;
    if (waits === null) removeAnnounced.run(id);
    else insertAnnounced.run(id, waits);
  };

  return {
    beginCounts: () => {
      const runs: GrowingRun[] = [];
      let latest: GrowingRun | null = null;
      return {
        count: ({ device, n, waits = null }) => {
          // Most are the next of the same device.
          if (latest === null || latest.device !== device || n !== latest.last + 1)
            runs.push((latest = { device, first: n, last: n, waits }));
          latest.last = n;
          latest.waits = waits;
        },
        save: () => {
          for (const run of runs) save(run);
          for (const run of runs) announce(run);
        },
      };
    },
    countNews: () => readNumber(selectNews.get() ?? {}, 'news'),
    highest: () => rowsToNumbers(selectHighest.all()),
    seen: () => rowsToNumbers(selectSeen.all()),
    holes: () => findHoles(selectAll.iterate()),
  };
}

/** @param rows in the order of devices and numbers */
function findHoles(rows: Iterable<SqlRow>): readonly DeviceHole[] {
  const holes: { device: DeviceId; highest: number; missing: number; runs: NumberRun[] }[] = [];
  for (const row of rows) {
    const device = bytesToUuid<DeviceId>(readBytes(row, 'device'));
    const { first, last } = rowToRun(row);
    let hole = holes.at(-1);
    if (hole?.device !== device) holes.push((hole = { device, highest: 0, missing: 0, runs: [] }));
    const next = hole.highest + 1;
    const end = Math.min(first, readNullableNumber(row, 'waits') ?? first);
    hole.missing += Math.max(0, end - next);
    if (end > next && hole.runs.length < runsMax) hole.runs.push({ first: next, last: end - 1 });
    hole.highest = last;
  }
  return holes.filter(({ missing }) => missing > 0);
}

function rowsToNumbers(rows: readonly SqlRow[]): Readonly<Record<DeviceId, number>> {
  return Object.fromEntries(
    rows.map((row) => [bytesToUuid<DeviceId>(readBytes(row, 'device')), readNumber(row, 'n')]),
  );
}

function rowToRun(row: SqlRow): NumberRun {
  return { first: readNumber(row, 'first'), last: readNumber(row, 'last') };
}
