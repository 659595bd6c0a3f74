import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex, equalBytes, hexToBytes } from '@dataans/core';
import type { KeepRule } from '../../backups/keep-rule.ts';
import type { ChunkPlace } from '../../chunks/chunk-place.ts';
import { checkLog } from '../../check/check-log.ts';
import type { Findings } from '../../check/findings.ts';
import { sha256 } from '../../hash.ts';
import type { LogHead, LogStore } from '../../log/log-store.ts';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import { openDataFolderToRead } from '../data-folder.ts';
import { dataFiles } from '../data-folder-files.ts';
import { openChunksOf } from '../open-chunks.ts';
import { chunksFolder } from '../disk/disk-chunk-files.ts';
import { isNested } from '../disk/folder-nesting.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { copyDatabase } from '../sqlite/copy-database.ts';
import { openSqliteLog } from '../sqlite/sqlite-log.ts';
import { logFileName } from './backup-files.ts';
import { openBackupFolder, removeOtherLogs } from './backup-folder.ts';
import { copyChunks, type CopiedChunks } from './copy-chunks.ts';
import { dropEarlierBackups } from './kept-backups.ts';
import { writeKeptManifest, writeManifest, type Manifest } from './manifest.ts';

export interface BackupOptions {
  readonly dataFolder: string;
  /** Where its chunks lie. Default: in files. */
  readonly chunkPlace?: ChunkPlace;
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

export interface FinishedBackup {
  readonly manifest: Omit<Manifest, 'format' | 'version'>;
  readonly chunks: CopiedChunks;
  /** Whether there was no backup in the folder before. */
  readonly isFirst: boolean;
}

/**
 * Copies a data folder, also while a server runs on it. The log comes first: the chunks of an operation
 * were there before it. Throws `OperatorError` where it must not be. // SRV-34, SRV-35
 */
export async function makeBackup(options: BackupOptions): Promise<FinishedBackup> {
  const { dataFolder, folder, verify, keep = null, onProgress } = options;
  if (isNested(dataFolder, folder))
    throw new OperatorError(`A backup can't be inside the data folder ${dataFolder}. Choose another folder.`);
  await using opened = new AsyncDisposableStack();
  const source = await openDataFolderToRead(dataFolder, options.chunkPlace);
  opened.defer(() => source.log.close());
  const { finished } = opened.adopt(await openBackupFolder(folder), (backup) => backup.release());

  if (finished !== null) await requireLater(source.log, finished, folder);
  if (finished !== null && keep !== null) await writeKeptManifest(folder, finished);
  await removeOtherLogs(folder);
  // Of this one, where it is not finished, and of the one before, where it is.
  opened.defer(() => removeOtherLogs(folder));
  const number = (finished?.number ?? 0) + 1;
  const { head, logFile } = await copyLog(options, logFileName(number));
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
    made: new Date(options.now).toISOString(),
    program: options.program,
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

/** Copies the log, and makes sure of the copy before anything relies on it. */
async function copyLog(
  { dataFolder, folder, onProgress }: BackupOptions,
  name: string,
): Promise<{ readonly head: LogHead; readonly logFile: Manifest['logFile'] }> {
  const path = join(folder, name);
  await copyDatabase(join(dataFolder, dataFiles.log), path, (done, total) =>
    onProgress(`Log: ${Math.round((100 * done) / total)} % copied`),
  );
  const head = await readCopiedLog(path, (done, total) => onProgress(`Log: ${done} of ${total} checked`));
  return { head, logFile: { name, ...(await syncAndHashFile(path)) } };
}

async function readCopiedLog(
  path: string,
  onChecked: (done: number, total: number) => void,
): Promise<LogHead> {
  const log = openSqliteLog({
    path,
    hash: sha256,
    newLogId: () => {
      throw new TypeError('A copy of a log has its id already.');
    },
    policy: 'only the newest',
  });
  try {
    requireWhole((await checkLog(log, sha256, onChecked)).damage);
    return await log.head();
  } finally {
    await log.close();
  }
}

function requireWhole({ first: [finding] }: Findings): void {
  if (finding !== undefined)
    throw new OperatorError(
      `The server's log is damaged (${finding}). The earlier backup is intact. Details: dataans-server check`,
      { exitCode: exitCodes.integrity },
    );
}

/** A backup is only ever replaced by one that holds all of it. // SRV-36 */
async function requireLater(log: LogStore, finished: Manifest, folder: string): Promise<void> {
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
