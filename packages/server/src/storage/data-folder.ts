import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import type { BackupRecord } from '../backups/backup-record.ts';
import type { PublishedKeys } from '../stores/kept-keys.ts';
import type { TokenStore } from '../stores/token-store.ts';
import type { ChunkPlace } from '../chunks/chunk-place.ts';
import type { ChunkSource } from '../chunks/chunk-store.ts';
import { systemClock, type Clock } from '../clock.ts';
import { sha256 } from '../hash.ts';
import { createHeadFeed, type HeadListener } from '../log/head-feed.ts';
import type { LogStore } from '../log/log-store.ts';
import { OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import { dataFiles, refuseManyAccounts, refuseNoDataFolder } from './data-folder-files.ts';
import { incomingOf, removeHalfWritten } from './disk/disk-chunks.ts';
import { asDiskError } from './disk/disk-error.ts';
import { createFolderHealth } from './disk/folder-health.ts';
import { createDiskBackupRecord } from './disk/disk-backup-record.ts';
import { createDiskKeptKeys } from './disk/disk-kept-keys.ts';
import { makeFolder } from './disk/make-folder.ts';
import { openChunks, openChunksToRead } from './open-chunks.ts';
import { hasLog, refuseLostLog } from './lost-log.ts';
import { StorageFullError } from '../stores/storage-full.ts';
import type { ServerStores } from './server-stores.ts';
import { asSqliteStorageError } from './sqlite/sqlite-error.ts';
import type { SchemaPolicy } from './sqlite/migrate.ts';
import { openSqliteLog } from './sqlite/sqlite-log.ts';
import { openSqliteTokens } from './sqlite/sqlite-tokens.ts';
import { lockForWriting, type WriterLock } from './sqlite/writer-lock.ts';

/**
 * Opens or makes the data folder of a server and keeps every other server off it until it is closed.
 *
 * @param clock Default: the machine's.
 * @param place Default: files.
 */
export function openDataFolder(
  root: string,
  clock: Pick<Clock, 'now'> = systemClock,
  place: ChunkPlace = 'files',
): Promise<ServerStores> {
  return explaining(root, async () => {
    makeFolder(root);
    refuseNoDataFolder(root);
    refuseManyAccounts(root);
    await using opened = new AsyncDisposableStack();
    opened.adopt(lockDataFolder(root), (lock) => lock.release());
    await removeHalfWritten(root);
    const tokens = opened.adopt(openTokens(root), (store) => store.close());
    await refuseLostLog(root, tokens);
    const isNew = !hasLog(root);
    const heads = createHeadFeed();
    const log = opened.adopt(openLogOf(root, 'bring up to date', heads.notify), (store) => store.close());
    const { chunks } = opened.adopt(await openChunks(root, log.id, place), (store) => store.close());
    const keptKeys = createDiskKeptKeys(join(root, dataFiles.signingKeys));
    const backupRecord = createDiskBackupRecord(join(root, dataFiles.backupRecord));
    const health = createFolderHealth(incomingOf(root), clock);
    const whileOpen = opened.move();
    return {
      log,
      heads,
      tokens,
      chunks,
      keptKeys,
      backupRecord,
      health,
      isNew,
      close: () => whileOpen.disposeAsync(),
    };
  });
}

/**
 * Opens a data folder that is there already, to read it: a server may be running on it. Throws
 * `OperatorError` where there is none. // SRV-21
 */
export function openDataFolderToRead(
  root: string,
  place: ChunkPlace = 'files',
): Promise<{ readonly log: LogStore; readonly chunks: ChunkSource }> {
  return explaining(root, async () => {
    refuseNoDataFolder(root);
    refuseManyAccounts(root);
    if (!hasLog(root))
      throw new OperatorError(`${root} isn't a server's data folder. Set DATAANS_DATA to the one that is.`);
    const log = openLogOf(root, 'only the newest');
    try {
      return { log, chunks: openChunksToRead(root, log.id, place) };
    } catch (error) {
      await log.close();
      throw error;
    }
  });
}

/** The tokens alone: they may be changed while a server runs. Makes the data folder where there is none. // SRV-25 */
export function openTokensOf(root: string): Promise<TokenStore> {
  return explaining(root, async () => {
    makeFolder(root);
    refuseNoDataFolder(root);
    refuseManyAccounts(root);
    return openTokens(root);
  });
}

/** Whether tokens were ever made here. */
export function hasTokens(root: string): boolean {
  return existsSync(join(root, dataFiles.tokens));
}

/** What the server remembers of its own backups. */
export function readBackupRecord(root: string): Promise<BackupRecord | null> {
  return createDiskBackupRecord(join(root, dataFiles.backupRecord)).read();
}

/** The last good keys of an identity provider. */
export function readKeptKeys(root: string): Promise<PublishedKeys | null> {
  return createDiskKeptKeys(join(root, dataFiles.signingKeys)).read();
}

/**
 * Throws `OperatorError` while a server runs on the folder. // SRV-21
 *
 * @param openWhileHeld the database in it that a server has open all the time
 */
export function lockDataFolder(root: string, openWhileHeld: string = dataFiles.log): WriterLock {
  return lockForWriting({
    path: join(root, dataFiles.lock),
    heldSentence:
      'Another dataans-server is using this data folder. Stop it first, or set DATAANS_DATA to another folder.',
    openWhileHeld: join(root, openWhileHeld),
  });
}

export function openLogOf(root: string, policy: SchemaPolicy, onAppended?: HeadListener): LogStore {
  return openSqliteLog({
    path: join(root, dataFiles.log),
    policy,
    ...(onAppended !== undefined && { onAppended }),
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
  });
}

function openTokens(root: string): TokenStore {
  return openSqliteTokens({ path: join(root, dataFiles.tokens) });
}

/** Says what keeps a data folder from being used. */
export async function explaining<Opened>(root: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    throw await explain(error, root);
  }
}

async function explain(error: unknown, root: string): Promise<OperatorError> {
  if (error instanceof OperatorError) return error;
  const known = asDiskError(await asSqliteStorageError(error, root));
  const reason = known instanceof StorageFullError ? 'no space left' : errorText(error);
  return new OperatorError(
    `Can't use the data folder ${root} (${reason}). Check that this user can read and write it and that the disk isn't full, or set DATAANS_DATA to another folder.`,
    { cause: error },
  );
}
