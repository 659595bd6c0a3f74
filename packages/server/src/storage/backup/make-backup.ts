import { existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bytesToHex, equalBytes, hexToBytes } from '@dataans/core';
import type { KeepRule } from '../../backups/keep-rule.ts';
import type { ChunkPlace } from '../../chunks/chunk-place.ts';
import type { ChunkSource } from '../../chunks/chunk-store.ts';
import { checkLog } from '../../check/check-log.ts';
import type { Findings } from '../../check/findings.ts';
import { sha256 } from '../../hash.ts';
import { copyLog, LogDamageError } from '../../log/copy-log.ts';
import type { LogHead } from '../../log/log-store.ts';
import type { LogSource } from '../../log/log-source.ts';
import type { DatabasePlace } from '../../stores/database-place.ts';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import { dataFiles } from '../data-folder-files.ts';
import { openChunksOf } from '../open-chunks.ts';
import type { StoresPlace } from '../server-stores.ts';
import { openStoresToRead } from '../open-stores.ts';
import { chunksFolder } from '../disk/disk-chunk-files.ts';
import { isNested } from '../disk/folder-nesting.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { copyDatabase } from '../sqlite/copy-database.ts';
import { openSqliteImport } from '../sqlite/sqlite-import.ts';
import { backupFiles, logFileName } from './backup-files.ts';
import { openBackupFolder, removeOtherLogs } from './backup-folder.ts';
import { copyChunks, type CopiedChunks } from './copy-chunks.ts';
import { openCopiedLog } from './open-copied-log.ts';
import { dropEarlierBackups } from './kept-backups.ts';
import { writeKeptManifest, writeManifest, type Manifest } from './manifest.ts';

/** What is backed up, and who reads it. */
export interface BackupSource {
  readonly log: LogSource;
  readonly chunks: Pick<ChunkSource, 'list' | 'read'>;
  /** The SQLite file with the log, where it can be copied as it is; `null`: what is new is read from the log. */
  readonly logFile: string | null;
}

export interface BackupTarget {
  /** Where the backup goes: a folder that is empty, not there, or a backup of the same server. */
  readonly folder: string;
  /** Whether the chunks that the backup has already are hashed, too. */
  readonly verify: boolean;
  /** Which earlier backups stay. Default, as `null`: those that are kept already, and not the one before this. */
  readonly keep?: KeepRule | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly program: string;
  readonly onProgress: (text: string) => void;
}

export interface BackupOptions extends BackupTarget, Pick<StoresPlace, 'dataFolder' | 'account'> {
  /** Where its chunks lie. Default: in files. */
  readonly chunkPlace?: ChunkPlace;
  /** What keeps everything but chunks. Default: the data folder. */
  readonly database?: DatabasePlace | null;
}

export interface FinishedBackup {
  readonly manifest: Omit<Manifest, 'format' | 'version'>;
  readonly chunks: CopiedChunks;
  /** Whether there was no backup in the folder before. */
  readonly isFirst: boolean;
}

/** Copies what a server of this machine keeps, also while it runs. Throws `OperatorError` where it must not be. */
export async function makeBackup(options: BackupOptions): Promise<FinishedBackup> {
  const { dataFolder, chunkPlace = 'files', database = null } = options;
  if (database === null && isNested(dataFolder, options.folder))
    throw new OperatorError(`A backup can't be inside the data folder ${dataFolder}. Choose another folder.`);
  const { log, chunks, close } = await openStoresToRead({ ...options, chunkPlace, database });
  try {
    const logFile = database === null ? join(dataFolder, dataFiles.log) : null;
    return await backUpSource({ log, chunks, logFile }, options);
  } finally {
    await close();
  }
}

/** The log comes first: the chunks of an operation were there before it. Throws `OperatorError` where it must not be. // SRV-34, SRV-35 */
export async function backUpSource(source: BackupSource, target: BackupTarget): Promise<FinishedBackup> {
  const { folder, verify, keep = null, onProgress } = target;
  await using opened = new AsyncDisposableStack();
  const { finished } = opened.adopt(await openBackupFolder(folder), (backup) => backup.release());
  if (existsSync(join(folder, backupFiles.accounts)))
    throw new OperatorError(`${folder} is a backup of many accounts. Choose another folder.`);

  if (finished !== null) await requireLater(source.log, finished, folder);
  if (finished !== null && keep !== null) await writeKeptManifest(folder, finished);
  await removeOtherLogs(folder);
  // Of this one, where it is not finished, and of the one before, where it is.
  opened.defer(() => removeOtherLogs(folder));
  const number = (finished?.number ?? 0) + 1;
  const path = join(folder, logFileName(number));
  if (source.logFile === null) await followLog(source.log, finished, path, target);
  else await copyLogFile(source.logFile, path, target);
  const { head, logFile } = await sealLogFile(path, target);
  const to = await openChunksOf(folder);
  const chunks = await copyChunks({
    from: source.chunks,
    to,
    verify,
    onDone: (count) => onProgress(`Chunks: ${count} done`),
  });
  await syncChunkFolders(folder);
  const manifest = {
    number,
    made: new Date(target.now).toISOString(),
    program: target.program,
    log: head.log,
    head: head.seq,
    chain: bytesToHex(head.chain),
    logFile,
    chunks: await to.usage(),
  };
  await writeManifest(folder, manifest);
  if (keep !== null) await dropEarlierBackups(folder, keep);
  return { manifest, chunks, isFirst: finished === null };
}

async function copyLogFile(from: string, path: string, { onProgress }: BackupTarget): Promise<void> {
  await copyDatabase(from, path, (done, total) =>
    onProgress(`Log: ${Math.round((100 * done) / total)} % copied`),
  );
}

/** Reads only what is newer than the backup before, whose log is the beginning of this one. // SRV-104 */
async function followLog(
  log: LogSource,
  finished: Manifest | null,
  path: string,
  { folder, onProgress }: BackupTarget,
): Promise<void> {
  if (finished !== null) await copyFile(join(folder, finished.logFile.name), path);
  const to = openSqliteImport({ path, hash: sha256, log: log.id });
  try {
    await copyLog(log, to, (done, total) => onProgress(`Log: ${done} of ${total} copied`));
  } catch (error) {
    throw error instanceof LogDamageError ? damagedSource(error.message) : error;
  } finally {
    to.close();
  }
}

/** Makes sure of the copy before anything relies on it. */
async function sealLogFile(
  path: string,
  { onProgress }: BackupTarget,
): Promise<{ readonly head: LogHead; readonly logFile: Manifest['logFile'] }> {
  const head = await readCopiedLog(path, (done, total) => onProgress(`Log: ${done} of ${total} checked`));
  return { head, logFile: { name: basename(path), ...(await syncAndHashFile(path)) } };
}

async function readCopiedLog(
  path: string,
  onChecked: (done: number, total: number) => void,
): Promise<LogHead> {
  const log = openCopiedLog(path);
  try {
    requireWhole((await checkLog(log, sha256, onChecked)).damage);
    return await log.head();
  } finally {
    await log.close();
  }
}

function requireWhole({ first: [finding] }: Findings): void {
  if (finding !== undefined) throw damagedSource(finding);
}

function damagedSource(finding: string): OperatorError {
  return new OperatorError(
    `The server's log is damaged (${finding}). The earlier backup is intact. Details: dataans-server check`,
    { exitCode: exitCodes.integrity },
  );
}

/** A backup is only ever replaced by one that holds all of it. // SRV-36 */
async function requireLater(log: LogSource, finished: Manifest, folder: string): Promise<void> {
  if ((await log.head()).log !== finished.log)
    throw new OperatorError(`${folder} is the backup of another server. Choose another folder.`);
  const chain = await log.chainAt(finished.head);
  if (chain === null || !equalBytes(chain, hexToBytes(finished.chain) ?? new Uint8Array()))
    throw new OperatorError(
      `The backup in ${folder} has changes that this server has lost. Keep it safe, and back up to another folder.`,
    );
}

/** Chunks of an earlier run that was killed are there, but maybe not on the disk. */
async function syncChunkFolders(folder: string): Promise<void> {
  const chunks = chunksFolder(folder);
  for (const entry of await readdir(chunks, { withFileTypes: true }))
    if (entry.isDirectory()) await syncFolder(join(chunks, entry.name));
  await syncFolder(folder);
}
