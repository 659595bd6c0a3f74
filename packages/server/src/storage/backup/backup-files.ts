import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What lies in a backup beside `chunks/`, `incoming/` and the copy of the log. */
export const backupFiles = {
  /** Names the copy of the log that counts, and is replaced whole when a backup is finished. // SRV-35 */
  manifest: 'backup.json',
  /** The first thing in the folder: it says that this is a backup, finished or not. */
  lock: 'backup-lock.sqlite',
  /** In the place of the manifest, in a backup of many accounts. // SRV-116 */
  accounts: 'accounts.json',
} as const;

/** Each backup copies the log to a name of its own, so that the one before stays until it is finished. */
export function logFileName(number: number): string {
  return `log-${number}.sqlite`;
}

/** The copy of the directory of accounts has a name of its own each time, too. */
export function directoryFileName(number: number): string {
  return `directory-${number}.sqlite`;
}

export function isDirectoryFileName(name: string): boolean {
  return /^directory-\d+\.sqlite$/.test(name);
}

/** An earlier backup that is kept has a manifest of its own. // SRV-81 */
export function keptManifestName(number: number): string {
  return `backup-${number}.json`;
}

/** The number of a kept backup; `null` if the file is anything else. */
export function keptNumberOf(name: string): number | null {
  const [, digits] = /^backup-(\d+)\.json$/.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Copies of the log, and what SQLite leaves beside one when it is killed. */
export function isLogFileName(name: string): boolean {
  return /^log-\d+\.sqlite/.test(name);
}

export function isBackup(folder: string): boolean {
  return existsSync(join(folder, backupFiles.lock)) || existsSync(join(folder, backupFiles.manifest));
}
