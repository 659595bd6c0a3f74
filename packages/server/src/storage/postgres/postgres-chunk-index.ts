import { bytesToHex, hexToBytes, parseChunkName, type ChunkName, type LogId } from '@dataans/core';
import type { ChunkIndex } from '../../chunks/chunk-index.ts';
import type { StoredChunk } from '../../chunks/chunk-store.ts';
import type { Query, Row } from './database.ts';
import { bytesOf, numberOf, onlyRow } from './row.ts';

/** Which chunks of a log lie in a bucket: for all processes, so that each knows what another stored. // SRV-91 */
export function createPostgresChunkIndex(query: Query, log: LogId): ChunkIndex {
  return {
    size: async (name) => {
      const { rows } = await query('SELECT size FROM chunks WHERE log = $1 AND name = $2', [
        log,
        toBytes(name),
      ]);
      return rows[0] === undefined ? null : numberOf(rows[0], 'size');
    },
    missing: async (names) => {
      const { rows } = await query(
        "SELECT name FROM chunks WHERE log = $1 AND name IN (SELECT decode(one, 'hex') FROM unnest($2::text[]) AS one)",
        [log, names],
      );
      const there = new Set(rows.map((row) => bytesToHex(bytesOf(row, 'name'))));
      return names.filter((name) => !there.has(name));
    },
    list: async (after, limit) => {
      const { rows } = await query(
        'SELECT name, size FROM chunks WHERE log = $1 AND name > $2 ORDER BY name LIMIT $3',
        [log, after === null ? new Uint8Array() : toBytes(after), limit],
      );
      return rows.map(rowToChunk);
    },
    usage: async () => {
      const row = onlyRow(
        await query('SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM chunks WHERE log = $1', [
          log,
        ]),
      );
      return { count: numberOf(row, 'count'), bytes: numberOf(row, 'bytes') };
    },
    add: async (chunks) => {
      // A statement must not name a row twice.
      const sizeByName = new Map(chunks.map(({ name, size }) => [name, size]));
      await query(
        `INSERT INTO chunks (log, name, size)
         SELECT $1, decode(name, 'hex'), size FROM unnest($2::text[], $3::int[]) AS given (name, size) ORDER BY name
         ON CONFLICT (log, name) DO UPDATE SET size = excluded.size`,
        [log, [...sizeByName.keys()], [...sizeByName.values()]],
      );
    },
    remove: async (name) =>
      void (await query('DELETE FROM chunks WHERE log = $1 AND name = $2', [log, toBytes(name)])),
    isFilled: async () => (await query('SELECT FROM filled_indexes WHERE log = $1', [log])).count > 0,
    markFilled: async () =>
      void (await query('INSERT INTO filled_indexes (log) VALUES ($1) ON CONFLICT DO NOTHING', [log])),
  };
}

function toBytes(name: ChunkName): Uint8Array {
  return hexToBytes(name) ?? new Uint8Array();
}

function rowToChunk(row: Row): StoredChunk {
  const name = parseChunkName(bytesToHex(bytesOf(row, 'name')));
  if (name === null) throw new TypeError('The index has a row whose name names no chunk.');
  return { name, size: numberOf(row, 'size') };
}
