import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { isBackup } from './backup/backup-files.ts';

/** What lies in a data folder beside `chunks/` and `incoming/`. */
export const dataFiles = {
  log: 'log.sqlite',
  tokens: 'tokens.sqlite',
  /** Public keys of an identity provider; fetched again where they are gone. */
  signingKeys: 'signing-keys.json',
  /** When and where the server made its last good backup. */
  backupRecord: 'last-backup.json',
  /** Which chunks are in the bucket, if they are in one. The server makes it again if it is gone. */
  chunkIndex: 'chunk-index.sqlite',
  lock: 'lock.sqlite',
  /** Which accounts there are, if there are many; each has a data folder of its own in `accounts/`. */
  directory: 'directory.sqlite',
  /** There while a restore is under way: until it is gone, nothing in the folder counts. // SRV-37 */
  restoring: 'restore-unfinished',
} as const;

/** Throws `OperatorError` where a folder looks like a data folder and is none. */
export function refuseNoDataFolder(root: string): void {
  if (existsSync(join(root, dataFiles.restoring)))
    throw new OperatorError(
      `A restore into ${root} wasn't finished. Run dataans-server restore again, or empty the folder.`,
    );
  if (isBackup(root))
    throw new OperatorError(
      `${root} is a backup, not a server's data folder. Restore it into one with dataans-server restore.`,
    );
}

/** Throws `OperatorError` for the data folder of a server with many accounts. // SRV-110 */
export function refuseManyAccounts(root: string): void {
  if (existsSync(join(root, dataFiles.directory)))
    throw new OperatorError(
      `The data folder ${root} has many accounts, and DATAANS_ACCOUNTS isn't set. Set DATAANS_ACCOUNTS=many, or set DATAANS_DATA to another folder.`,
    );
}
