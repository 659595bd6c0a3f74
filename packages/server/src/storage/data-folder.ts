import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import type { TokenStore } from '../auth/token-store.ts';
import type { ChunkStore } from '../chunks/chunk-store.ts';
import { sha256 } from '../hash.ts';
import type { LogStore } from '../log/log-store.ts';
import { OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import { openDiskChunks, removeHalfWritten } from './disk/disk-chunks.ts';
import { StorageFullError } from './storage-full.ts';
import { openSqliteLog } from './sqlite/sqlite-log.ts';
import { openSqliteTokens } from './sqlite/sqlite-tokens.ts';
import { lockForWriting } from './sqlite/writer-lock.ts';

export interface DataFolder {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
  readonly tokens: TokenStore;
  close(): Promise<void>;
}

/** Opens or makes the data folder of a server and keeps every other server off it until it is closed. */
export function openDataFolder(root: string): Promise<DataFolder> {
  return explaining(root, async () => {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const lock = lockForWriting(join(root, 'lock.sqlite'));
    try {
      await removeHalfWritten(root);
      const stores = await openStores(root);
      return {
        ...stores,
        close: async () => {
          await stores.close();
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/**
 * Opens a data folder that is there already, to read it: a server may be running on it. Throws
 * `OperatorError` where there is none. // SRV-21
 */
export function openDataFolderToRead(root: string): Promise<DataFolder> {
  return explaining(root, () => {
    if (existsSync(logPath(root))) return openStores(root);
    throw new OperatorError(
      `${root} is not the data folder of a server: set DATAANS_DATA to the one that is.`,
    );
  });
}

/** The tokens alone: they may be changed while a server runs. // SRV-25 */
export function openTokensOf(root: string): Promise<TokenStore> {
  return explaining(root, async () => {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    return openTokens(root);
  });
}

async function explaining<Opened>(root: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    throw explain(error, root);
  }
}

async function openStores(root: string): Promise<DataFolder> {
  const log = openLog(root);
  const tokens = openTokens(root);
  const chunks = await openDiskChunks({ root, newFileName: () => randomBytes(16).toString('hex') });
  return {
    log,
    chunks,
    tokens,
    close: async () => {
      await log.close();
      await tokens.close();
    },
  };
}

function explain(error: unknown, root: string): OperatorError {
  if (error instanceof OperatorError) return error;
  const reason = error instanceof StorageFullError ? 'no space is left' : errorText(error);
  return new OperatorError(
    `The data folder ${root} cannot be used (${reason}): see that this user can read and write it and that it has room, or set DATAANS_DATA to another.`,
    { cause: error },
  );
}

function logPath(root: string): string {
  return join(root, 'log.sqlite');
}

function openLog(root: string): LogStore {
  return openSqliteLog({
    path: logPath(root),
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
  });
}

function openTokens(root: string): TokenStore {
  return openSqliteTokens({ path: join(root, 'tokens.sqlite') });
}
