import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import { readContents, type AccountId, type DirectoryContents } from '../../stores/directory.ts';
import { openSqliteDirectory } from '../sqlite/sqlite-directory.ts';
import { folderOfAccount } from '../accounts/account-folders.ts';
import { lockDataFolder } from '../data-folder.ts';
import { dataFiles } from '../data-folder-files.ts';
import { nullIfAbsent } from '../disk/absent.ts';
import { isNested } from '../disk/folder-nesting.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { backupOfAccount, type AccountsManifest } from './accounts-manifest.ts';
import { isEmpty } from './backup-folder.ts';

export interface AccountsRestore {
  /** Of the backup. */
  readonly folder: string;
  readonly manifest: AccountsManifest;
  /** A folder that is empty, not there, or that a restore did not finish with. */
  readonly dataFolder: string;
  /** Restores one account from a backup into a folder, or says why not. It does not reject for what concerns this account alone. */
  readonly restoreOne: (id: AccountId, from: string, to: string) => Promise<void>;
}

/**
 * Makes the data folder of a server with many accounts from a backup of all of them. The directory comes last: without it
 * nothing takes the folder for one. // SRV-116
 */
export async function restoreAccounts(options: AccountsRestore): Promise<void> {
  const { folder, dataFolder, manifest, restoreOne } = options;
  if (isNested(folder, dataFolder))
    throw new OperatorError(
      `The data folder ${dataFolder} can't be inside the backup. Set DATAANS_DATA to another folder.`,
    );
  await requireSameDirectory(folder, manifest);
  makeFolder(dataFolder);
  await requireEmpty(dataFolder);
  const lock = lockDataFolder(dataFolder, dataFiles.directory);
  try {
    await requireEmpty(dataFolder);
    const marker = join(dataFolder, dataFiles.restoring);
    await replaceFile(marker, '');
    await rm(join(dataFolder, 'accounts'), { recursive: true, force: true });
    makeFolder(join(dataFolder, 'accounts'));
    for (const id of manifest.accounts)
      await restoreOne(id, backupOfAccount(folder, id), folderOfAccount(dataFolder, id));
    await copyDirectory(folder, manifest, dataFolder);
    await rm(marker);
    await syncFolder(dataFolder);
  } finally {
    lock.release();
  }
}

/** Throws `OperatorError` unless the copy of the directory is what it was. */
export async function requireSameDirectory(folder: string, { directory }: AccountsManifest): Promise<void> {
  const path = join(folder, directory.name);
  const found = await nullIfAbsent(syncAndHashFile(path));
  if (found?.sha256 === directory.sha256) return;
  throw new OperatorError(
    `${path} is ${found === null ? 'gone' : 'damaged'}, so nobody knows whose the accounts in the backup are. Use another backup, or restore its accounts one by one with --account.`,
    { exitCode: exitCodes.integrity },
  );
}

/** Who is in a backup. The copy itself is not opened: SQLite would write beside it. */
export async function readCopiedDirectory(
  folder: string,
  manifest: AccountsManifest,
): Promise<DirectoryContents> {
  await requireSameDirectory(folder, manifest);
  const aside = await mkdtemp(join(tmpdir(), 'dataans-directory-'));
  try {
    const path = join(aside, manifest.directory.name);
    await copyFile(join(folder, manifest.directory.name), path);
    const copy = openSqliteDirectory({ path });
    try {
      return await readContents(copy);
    } finally {
      await copy.close();
    }
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function copyDirectory(folder: string, manifest: AccountsManifest, dataFolder: string): Promise<void> {
  const path = join(dataFolder, dataFiles.directory);
  await rm(path, { force: true });
  await copyFile(join(folder, manifest.directory.name), path, constants.COPYFILE_EXCL);
  await chmod(path, 0o600);
  await syncAndHashFile(path);
}

async function requireEmpty(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  // SQLite keeps a file beside the lock while it is held.
  const others = names.filter((name) => !name.startsWith(dataFiles.lock));
  if (existsSync(join(dataFolder, dataFiles.restoring)) || isEmpty(others)) return;
  throw new OperatorError(
    `The data folder ${dataFolder} isn't empty. Move its contents aside, or set DATAANS_DATA to another folder.`,
  );
}
