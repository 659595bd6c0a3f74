import { constants } from 'node:fs';
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex, type LogId } from '@dataans/core';
import type { ChunkPlace } from '../../chunks/chunk-place.ts';
import { checkLog } from '../../check/check-log.ts';
import { sha256 } from '../../hash.ts';
import type { Account } from '../../stores/directory.ts';
import type { DatabasePlace } from '../../stores/database-place.ts';
import { OperatorError } from '../../operator-error.ts';
import { lockDataFolder, openLogOf } from '../data-folder.ts';
import { dataFiles } from '../data-folder-files.ts';
import { openChunks } from '../open-chunks.ts';
import { chunksFolder, readDiskChunks } from '../disk/disk-chunk-files.ts';
import { removeHalfWritten } from '../disk/disk-chunks.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { isNested } from '../disk/folder-nesting.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { isEmpty } from './backup-folder.ts';
import { copyChunks, type CopiedChunks } from './copy-chunks.ts';
import { damagedLog } from './damaged-log.ts';
import { listBackups } from './kept-backups.ts';
import { readManifest, type Manifest } from './manifest.ts';

export interface RestoreOptions {
  /** The folder of the backup. */
  readonly folder: string;
  /** A folder that is empty, not there, or that a restore did not finish with. */
  readonly dataFolder: string;
  /** Where its chunks go. Default: to files. */
  readonly chunkPlace?: ChunkPlace;
  /** What is filled instead of the data folder. Default: nothing. */
  readonly database?: DatabasePlace | null;
  /** Which account of a database with many. Default: it is that of one. */
  readonly account?: Pick<Account, 'id' | 'log'>;
  /** What else may be in the data folder, and stays. Default: nothing. */
  readonly beside?: readonly string[];
  /** Of an earlier backup that was kept. Default, as `null`: the newest. */
  readonly number?: number | null;
  readonly onProgress: (text: string) => void;
}

export interface FinishedRestore {
  readonly manifest: Manifest;
  readonly chunks: CopiedChunks;
  /** Chunks that the backup had when it was finished, and that are not there any more. */
  readonly gone: number;
}

/**
 * Makes a data folder from a backup. Until all of it is on the disk, nothing takes the folder for
 * one. Throws `OperatorError` where it must not be. // SRV-37
 */
export async function restoreBackup(options: RestoreOptions): Promise<FinishedRestore> {
  const { folder, dataFolder, database = null, chunkPlace = 'files', number = null, onProgress } = options;
  const manifest = await requireManifest(folder, number);
  if (database !== null) {
    const into = await import('./restore-into-database.ts');
    return finish(
      manifest,
      await into.restoreIntoDatabase({
        folder,
        manifest,
        database,
        chunkPlace,
        account: options.account?.id ?? null,
        onProgress,
      }),
    );
  }
  if (isNested(folder, dataFolder))
    throw new OperatorError(
      `The data folder ${dataFolder} can't be inside the backup. Set DATAANS_DATA to another folder.`,
    );
  makeFolder(dataFolder);
  await requireEmpty(options);
  const lock = lockDataFolder(dataFolder);
  try {
    await requireEmpty(options);
    return await restoreInto(options, manifest);
  } finally {
    lock.release();
  }
}

async function requireManifest(folder: string, number: number | null): Promise<Manifest> {
  const newest = await readManifest(folder);
  if (newest !== null) return number === null ? newest : requireNumber(folder, number);
  throw new OperatorError(
    `There's no finished backup in ${folder}. Use the folder you gave to dataans-server backup, or run the backup again.`,
  );
}

async function requireNumber(folder: string, number: number): Promise<Manifest> {
  const backups = await listBackups(folder);
  const found = backups.find((backup) => backup.number === number);
  if (found !== undefined) return found;
  const others = backups.map((backup) => `${backup.number} (made at ${backup.made})`).join(', ');
  throw new OperatorError(`There's no backup ${number} in ${folder}. Choose one of these: ${others}.`);
}

async function requireEmpty({ dataFolder, beside = [] }: RestoreOptions): Promise<void> {
  const names = await readdir(dataFolder);
  // SQLite keeps a file beside the lock while it is held.
  const kept = [dataFiles.lock, ...beside];
  const others = names.filter((name) => !kept.some((one) => name.startsWith(one)));
  if (names.includes(dataFiles.restoring) || isEmpty(others)) return;
  throw new OperatorError(
    `The data folder ${dataFolder} isn't empty. Move its contents aside, or set DATAANS_DATA to another folder.`,
  );
}

async function restoreInto(options: RestoreOptions, manifest: Manifest): Promise<FinishedRestore> {
  const { dataFolder } = options;
  await replaceFile(join(dataFolder, dataFiles.restoring), '');
  await removeRestored(dataFolder);
  try {
    const log = await restoreLog(options, manifest);
    const restored = await restoreChunks(options, manifest, log);
    await endRestoring(dataFolder);
    return restored;
  } catch (error) {
    await removeRestored(dataFolder);
    await endRestoring(dataFolder);
    throw error;
  }
}

async function removeRestored(dataFolder: string): Promise<void> {
  await removeHalfWritten(dataFolder);
  await rm(chunksFolder(dataFolder), { recursive: true, force: true });
  for (const name of await readdir(dataFolder))
    if (name.startsWith(dataFiles.log) || name.startsWith(dataFiles.chunkIndex))
      await rm(join(dataFolder, name));
}

async function endRestoring(dataFolder: string): Promise<void> {
  await syncFolder(dataFolder);
  await rm(join(dataFolder, dataFiles.restoring));
  await syncFolder(dataFolder);
}

async function restoreLog(
  { folder, dataFolder, onProgress }: RestoreOptions,
  manifest: Manifest,
): Promise<LogId> {
  onProgress('Log: being copied');
  const path = join(dataFolder, dataFiles.log);
  await copyFile(join(folder, manifest.logFile.name), path, constants.COPYFILE_EXCL);
  await chmod(path, 0o600);
  if ((await syncAndHashFile(path)).sha256 !== manifest.logFile.sha256)
    throw damagedLog('its bytes are not the ones it was stored with');
  const log = openLogOf(dataFolder, 'bring up to date');
  try {
    const { damage } = await checkLog(log, sha256, (done, total) =>
      onProgress(`Log: ${done} of ${total} checked`),
    );
    const [finding] = damage.first;
    if (finding !== undefined) throw damagedLog(finding);
    const { log: id, seq, chain } = await log.head();
    if (id !== manifest.log || seq !== manifest.head || bytesToHex(chain) !== manifest.chain)
      throw damagedLog('it is not the one that the backup was made of');
    return id;
  } finally {
    await log.close();
  }
}

async function restoreChunks(
  { folder, dataFolder, chunkPlace = 'files', onProgress }: RestoreOptions,
  manifest: Manifest,
  log: LogId,
): Promise<FinishedRestore> {
  const total = manifest.chunks.count;
  await using opened = new AsyncDisposableStack();
  const to = opened.adopt(await openChunks(dataFolder, log, chunkPlace), (store) => store.close());
  const chunks = await copyChunks({
    from: readDiskChunks(folder),
    to: to.chunks,
    // A bucket may have some from before: nobody knows what became of them.
    verify: chunkPlace !== 'files',
    onDone: (count) => onProgress(`Chunks: ${count} of ${total}`),
  });
  return finish(manifest, chunks);
}

function finish(manifest: Manifest, chunks: CopiedChunks): FinishedRestore {
  return { manifest, chunks, gone: Math.max(0, manifest.chunks.count - chunks.looked) };
}
