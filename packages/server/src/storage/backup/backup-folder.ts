import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../operator-error.ts';
import { removeHalfWritten } from '../disk/disk-chunks.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { lockForWriting } from '../sqlite/writer-lock.ts';
import { backupFiles, isBackup, isLogFileName, keptNumberOf, logFileName } from './backup-files.ts';
import { readManifest, type Manifest } from './manifest.ts';

export interface BackupFolder {
  /** The newest backup that was finished here. */
  readonly finished: Manifest | null;
  release(): void;
}

/** Opens or makes a folder for backups, for this process alone. Throws `OperatorError` where it is for anything else. */
export async function openBackupFolder(folder: string): Promise<BackupFolder> {
  makeFolder(folder);
  if (!isBackup(folder) && !isEmpty(await readdir(folder)))
    throw new OperatorError(`${folder} is neither empty nor a backup. Choose another folder.`);
  const lock = lockForWriting({
    path: join(folder, backupFiles.lock),
    heldSentence: `Another backup to ${folder} is running. Wait for it, or choose another folder.`,
  });
  try {
    await removeHalfWritten(folder);
    return { finished: await readManifest(folder), release: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Removes the copies of the log that no manifest names. */
export async function removeOtherLogs(folder: string): Promise<void> {
  const names = await readdir(folder);
  const kept = names.map(keptNumberOf).flatMap((number) => (number === null ? [] : [logFileName(number)]));
  const counting = new Set([...kept, (await readManifest(folder))?.logFile.name]);
  for (const name of names) if (isLogFileName(name) && !counting.has(name)) await rm(join(folder, name));
}

/** The root of a file system has a folder of its own. */
export function isEmpty(names: readonly string[]): boolean {
  return names.every((name) => name === 'lost+found');
}
