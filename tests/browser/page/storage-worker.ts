import { openOpfsChunks } from '../../../packages/client/src/browser/opfs-chunks.ts';
import { openOpfsSqlite } from '../../../packages/client/src/browser/opfs-sqlite.ts';
import { createWebPrimitives } from '../../../packages/client/src/browser/web-primitives.ts';
import type { SqlDatabase } from '../../../packages/client/src/platform/sql-database.ts';
import { answerCalls } from './calls.ts';
import { hashToChunkName } from '@dataans/core';

const primitives = createWebPrimitives(crypto);
let database: SqlDatabase | null = null;

answerCalls({
  open: async () => {
    database = await openOpfsSqlite('storage-test');
    database.exec('CREATE TABLE IF NOT EXISTS kept (bytes BLOB)');
  },
  add: (bytes: number) => {
    opened().prepare('INSERT INTO kept VALUES (?)').run(new Uint8Array(bytes));
  },
  count: () => opened().prepare('SELECT count(*) AS count FROM kept').get()?.['count'],
  close: () => {
    opened().close();
    database = null;
  },
  putChunk: async (bytes: number) => {
    const root = await navigator.storage.getDirectory();
    const chunks = await openOpfsChunks(
      await root.getDirectoryHandle('chunk-test', { create: true }),
      primitives,
    );
    const sealed = new Uint8Array(bytes).fill(1);
    const name = hashToChunkName(primitives.hash(sealed));
    await chunks.put(name, sealed);
    return chunks.has(name);
  },
});

function opened(): SqlDatabase {
  if (database === null) throw new TypeError('The database is not open.');
  return database;
}
