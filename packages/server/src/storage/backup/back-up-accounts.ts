import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../operator-error.ts';
import {
  readContents,
  type AccountId,
  type Directory,
  type DirectoryContents,
} from '../../stores/directory.ts';
import { openSqliteDirectory } from '../sqlite/sqlite-directory.ts';
import { isNested } from '../disk/folder-nesting.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { syncFolder } from '../disk/sync-folder.ts';
import { backupOfAccount, readAccountsManifest, writeAccountsManifest } from './accounts-manifest.ts';
import { backupFiles, directoryFileName, isDirectoryFileName } from './backup-files.ts';
import { openBackupFolder } from './backup-folder.ts';

export interface AccountsBackup {
  /** `null`: a database keeps the accounts. */
  readonly dataFolder: string | null;
  readonly directory: Directory;
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly program: string;
  /** Backs up one account to a folder, or says why not. It does not reject for what concerns this account alone. */
  readonly backUpOne: (id: AccountId, folder: string) => Promise<void>;
}

/**
 * Copies the directory, then each account. Who is in the copy was there when the backup began. The manifest comes last:
 * until then the backup before it counts. Resolves to whether there was none. // SRV-116
 */
export async function backUpAccounts(options: AccountsBackup): Promise<boolean> {
  const { dataFolder, directory, folder, backUpOne } = options;
  if (dataFolder !== null && isNested(dataFolder, folder))
    throw new OperatorError(`A backup can't be inside the data folder ${dataFolder}. Choose another folder.`);
  await using opened = new AsyncDisposableStack();
  opened.adopt(await openBackupFolder(folder), (backup) => backup.release());
  if (existsSync(join(folder, backupFiles.manifest)))
    throw new OperatorError(`${folder} is the backup of one account. Choose another folder.`);
  const before = await readAccountsManifest(folder);
  const number = (before?.number ?? 0) + 1;
  const name = directoryFileName(number);
  await rm(join(folder, name), { force: true });
  const contents = await readContents(directory);
  await copyContents(contents, join(folder, name));
  const sealed = await syncAndHashFile(join(folder, name));
  const ids = contents.accounts.filter(({ log }) => log !== null).map(({ id }) => id);
  makeFolder(join(folder, 'accounts'));
  for (const id of ids) await backUpOne(id, backupOfAccount(folder, id));
  await syncFolder(folder);
  await writeAccountsManifest(folder, {
    number,
    made: new Date(options.now).toISOString(),
    program: options.program,
    directory: { name, ...sealed },
    accounts: ids.filter((id) => existsSync(join(backupOfAccount(folder, id), backupFiles.manifest))),
  });
  for (const other of await readdir(folder))
    if (isDirectoryFileName(other) && other !== name) await rm(join(folder, other));
  return before === null;
}

async function copyContents(contents: DirectoryContents, path: string): Promise<void> {
  const copy = openSqliteDirectory({ path });
  try {
    await copy.addAll(contents);
  } finally {
    await copy.close();
  }
}
