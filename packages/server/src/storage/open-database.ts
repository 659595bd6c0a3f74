import { randomBytes } from 'node:crypto';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { backupRecordShape } from '../backups/backup-record.ts';
import type { ChunkPlace, S3Place } from '../chunks/chunk-place.ts';
import type { Clock } from '../clock.ts';
import { sha256 } from '../hash.ts';
import { OperatorError } from '../operator-error.ts';
import { databaseToText, type DatabasePlace } from '../stores/database-place.ts';
import { publishedKeysShape } from '../stores/kept-keys.ts';
import { StorageUnavailableError } from '../stores/storage-unavailable.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { errorText } from '../system-error.ts';
import { openIndexedChunks } from '../chunks/indexed-chunks.ts';
import type { AccountId, Directory } from '../stores/directory.ts';
import { openBucket, openBucketChunks, readBucket, requireBucketAt } from './open-chunks.ts';
import { openPostgresDatabase, type PostgresDatabase } from './postgres/database.ts';
import { migrate, requireNewestSchema } from './postgres/migrate.ts';
import {
  findLog,
  openPostgres,
  openPostgresParts,
  refuseAccounts,
  refuseOneAccount,
} from './postgres/open-postgres.ts';
import { createPostgresAccounts } from './postgres/postgres-accounts.ts';
import { createPostgresChunkIndex } from './postgres/postgres-chunk-index.ts';
import { createPostgresDirectory } from './postgres/postgres-directory.ts';
import { openPostgresLog } from './postgres/postgres-log.ts';
import { createPostgresNote } from './postgres/postgres-note.ts';
import { createPostgresTokens } from './postgres/postgres-tokens.ts';
import type { ManyStores, ServerStores, StoresToRead } from './server-stores.ts';

export interface DatabaseSurroundings {
  readonly clock: Clock;
  /** Hears of connections that were lost while nothing was asked over them. */
  readonly onLost: (error: Error) => void;
}

/** What a server keeps in a database and a bucket. Throws `OperatorError` if it cannot be opened. // SRV-100 */
export function openDatabaseStores(
  place: DatabasePlace,
  chunkPlace: ChunkPlace,
  surroundings: DatabaseSurroundings,
): Promise<ServerStores> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    const bucket = requireBucketPlace(chunkPlace);
    const stores = opened.adopt(
      await openPostgres({ ...place, ...surroundings, hash: sha256, newLogId }),
      (open) => open.close(),
    );
    const index = createPostgresChunkIndex(stores.database.query, stores.log.id);
    const chunks = await openBucketChunks(bucket, stores.log.id, index);
    const whileOpen = opened.move();
    return { ...stores, chunks, close: () => whileOpen.disposeAsync() };
  });
}

/** The same for many accounts. // SRV-118 */
export function openManyDatabaseStores(
  place: DatabasePlace,
  chunkPlace: ChunkPlace,
  surroundings: DatabaseSurroundings,
): Promise<ManyStores> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    const bucket = requireBucketPlace(chunkPlace);
    const options = { ...place, ...surroundings, hash: sha256, newLogId };
    const parts = opened.adopt(await openPostgresParts(options), (open) => open.close());
    const { database, heads, tokens, keptKeys, backupRecord, health } = parts;
    await refuseOneAccount(database.query);
    await requireBucketAt(bucket);
    const directory = createPostgresDirectory({ database, hash: sha256, newLogId });
    const isNew = (await directory.list()).length === 0;
    const openChunks = (log: LogId) =>
      openIndexedChunks({
        blobs: openBucket(bucket, log),
        index: createPostgresChunkIndex(database.query, log),
        hash: sha256,
      });
    const accounts = createPostgresAccounts({ database, hash: sha256, openChunks, onAppended: heads.tell });
    const whileOpen = opened.move();
    const close = () => whileOpen.disposeAsync();
    return { accounts, directory, heads, tokens, keptKeys, backupRecord, health, isNew, close };
  });
}

/** The accounts alone, which may be changed while servers run. */
export function openDatabaseDirectory(place: DatabasePlace): Promise<Directory> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    const database = opened.adopt(openAlone(place), (open) => open.close());
    await (place.migrates ? migrate(database) : requireNewestSchema(database));
    await refuseOneAccount(database.query);
    const whileOpen = opened.move();
    const directory = createPostgresDirectory({ database, hash: sha256, newLogId });
    return { ...directory, close: () => whileOpen.disposeAsync() };
  });
}

function newLogId(): LogId {
  return randomBytesToUuid<LogId>(randomBytes(16));
}

/** Throws `OperatorError` if no server has been there. */
export function openDatabaseToRead(
  place: DatabasePlace,
  chunkPlace: ChunkPlace,
  log: LogId | null = null,
): Promise<StoresToRead> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    const bucket = requireBucketPlace(chunkPlace);
    const database = opened.adopt(openAlone(place), (open) => open.close());
    const { query } = database;
    await requireNewestSchema(database);
    if (log === null) await refuseAccounts(query);
    const id = log ?? (await findLog(query));
    if (id === null)
      throw new OperatorError(`There is no log in ${databaseToText(place)} yet. Start the server once.`);
    const opening = await openPostgresLog({ database, hash: sha256, id });
    const whileOpen = opened.move();
    return {
      log: opening,
      chunks: readBucket(bucket, id),
      openIndex: () => createPostgresChunkIndex(query, id),
      readBackupRecord: createPostgresNote(query, 'last backup', backupRecordShape).read,
      readKeptKeys: createPostgresNote(query, 'signing keys', publishedKeysShape).read,
      close: () => whileOpen.disposeAsync(),
    };
  });
}

export function openDatabaseTokens(
  place: DatabasePlace,
  account: AccountId | null = null,
): Promise<TokenStore> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    const database = opened.adopt(openAlone(place), (open) => open.close());
    await (place.migrates ? migrate(database) : requireNewestSchema(database));
    const whileOpen = opened.move();
    return { ...createPostgresTokens(database.query, account), close: () => whileOpen.disposeAsync() };
  });
}

export function migrateDatabase(place: DatabasePlace): Promise<number> {
  return withDatabase(place, migrate);
}

/** For the time of some work of a command. */
export function withDatabase<Result>(
  place: DatabasePlace,
  work: (database: PostgresDatabase) => Promise<Result>,
): Promise<Result> {
  return explaining(place, async () => {
    await using opened = new AsyncDisposableStack();
    return await work(opened.adopt(openAlone(place), (open) => open.close()));
  });
}

/** As commands do, whose connections are not lost on anybody. */
function openAlone(place: DatabasePlace): PostgresDatabase {
  return openPostgresDatabase({ ...place, onLost: () => {} });
}

/** The settings see to it; files would be one machine's. */
export function requireBucketPlace(place: ChunkPlace): S3Place {
  if (place === 'files') throw new OperatorError('A server with a database keeps its chunks in a bucket.');
  return place;
}

async function explaining<Result>(place: DatabasePlace, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const cause = error instanceof StorageUnavailableError ? error.cause : error;
    throw new OperatorError(
      `Can't use the database ${databaseToText(place)} (${errorText(cause)}). Check that PostgreSQL runs there, DATAANS_DATABASE, and what its user may do.`,
      { cause: error },
    );
  }
}
