import { join } from 'node:path';
import { bytesToHex, type LogId } from '@dataans/core';
import type { AccountId } from '../../stores/directory.ts';
import type { ChunkPlace } from '../../chunks/chunk-place.ts';
import { sha256 } from '../../hash.ts';
import { copyLog } from '../../log/copy-log.ts';
import type { LogStore } from '../../log/log-store.ts';
import type { DatabasePlace } from '../../stores/database-place.ts';
import { readDiskChunks } from '../disk/disk-chunk-files.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { openBucketChunks } from '../open-chunks.ts';
import { requireBucketPlace, withDatabase } from '../open-database.ts';
import type { PostgresDatabase } from '../postgres/database.ts';
import { migrate, requireNewestSchema } from '../postgres/migrate.ts';
import { createPostgresChunkIndex } from '../postgres/postgres-chunk-index.ts';
import { importIntoPostgres, requireUnused } from '../postgres/postgres-import.ts';
import { requireDurable } from '../postgres/require-durable.ts';
import { copyChunks, type CopiedChunks } from './copy-chunks.ts';
import { damagedLog } from './damaged-log.ts';
import type { Manifest } from './manifest.ts';
import { openCopiedLog } from './open-copied-log.ts';

export interface RestoreIntoDatabase {
  /** Of the backup. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly database: DatabasePlace;
  readonly chunkPlace: ChunkPlace;
  /** Which of many gets it; `null`: the database is that of one. */
  readonly account: AccountId | null;
  readonly onProgress: (text: string) => void;
}

/**
 * Fills an empty database and a bucket from a backup. The chunks come first; the log comes in one transaction, so that a restore
 * that is interrupted leaves no half of one. // SRV-37, SRV-105
 */
export function restoreIntoDatabase(options: RestoreIntoDatabase): Promise<CopiedChunks> {
  const { folder, manifest, database: place } = options;
  return withDatabase(place, async (database) => {
    await requireDurable(database.query);
    await (place.migrates ? migrate(database) : requireNewestSchema(database));
    await requireUnused(database.query, options.account);
    const path = join(folder, manifest.logFile.name);
    if ((await syncAndHashFile(path)).sha256 !== manifest.logFile.sha256)
      throw damagedLog('its bytes are not the ones it was stored with');
    const log = openCopiedLog(path);
    try {
      if (log.id !== manifest.log) throw damagedLog('it is of another server');
      const chunks = await restoreChunks(options, database, log.id);
      await restoreLog(options, database, log);
      return chunks;
    } finally {
      await log.close();
    }
  });
}

async function restoreChunks(
  { folder, manifest, chunkPlace, onProgress }: RestoreIntoDatabase,
  { query }: PostgresDatabase,
  log: LogId,
): Promise<CopiedChunks> {
  const index = createPostgresChunkIndex(query, log);
  return copyChunks({
    from: readDiskChunks(folder),
    to: await openBucketChunks(requireBucketPlace(chunkPlace), log, index),
    // The bucket may have some from before: nobody knows what became of them.
    verify: true,
    onDone: (count) => onProgress(`Chunks: ${count} of ${manifest.chunks.count}`),
  });
}

async function restoreLog(
  { manifest, account, onProgress }: RestoreIntoDatabase,
  database: PostgresDatabase,
  log: LogStore,
): Promise<void> {
  await importIntoPostgres(database, { hash: sha256, log: log.id, account }, async (importer) => {
    await copyLog(log, importer, (done, total) => onProgress(`Log: ${done} of ${total}`));
    const { seq, chain } = importer.head();
    // The chain was computed anew from what was stored.
    if (seq !== manifest.head || bytesToHex(chain) !== manifest.chain)
      throw damagedLog('it is not the one that the backup was made of');
  });
}
