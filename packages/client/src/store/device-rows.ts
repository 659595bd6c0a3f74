import { bytesToUuid, uuidToBytes, type DeviceId } from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { codeByKind } from './kind-codes.ts';
import type { DeviceHole, NumberRun } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** Numbers of operations by device within one transaction. */
export interface DeviceCounts {
  count(device: DeviceId, n: number): void;
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
}

export function createDeviceRows(database: SqlDatabase): DeviceRows {
  const selectBefore = database.prepare(
    'SELECT first, last FROM numbers WHERE device = ? AND first <= ? ORDER BY first DESC',
  );
  const remove = database.prepare('DELETE FROM numbers WHERE device = ? AND first = ?');
  const insert = database.prepare('INSERT INTO numbers (device, first, last) VALUES (?, ?, ?)');
  const selectAll = database.prepare('SELECT device, first, last FROM numbers ORDER BY device, first');

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

  return {
    beginCounts: () => {
      const runs: GrowingRun[] = [];
      let latest: GrowingRun | null = null;
      return {
        count: (device, n) => {
          // Most are the next of the same device.
          if (latest !== null && latest.device === device && n === latest.last + 1) latest.last = n;
          else runs.push((latest = { device, first: n, last: n }));
        },
        save: () => {
          for (const run of runs) save(run);
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
    hole.missing += first - next;
    if (first > next && hole.runs.length < runsMax) hole.runs.push({ first: next, last: first - 1 });
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
