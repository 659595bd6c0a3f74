import { resolve } from 'node:path';
import { exitCodes, OperatorError } from '../operator-error.ts';
import {
  backupOfAccount,
  readAccountsManifest,
  type AccountsManifest,
} from '../storage/backup/accounts-manifest.ts';
import { readCopiedDirectory, restoreAccounts } from '../storage/backup/restore-accounts.ts';
import { dataFiles } from '../storage/data-folder-files.ts';
import { placeOfAccount } from '../storage/open-stores.ts';
import type { StoresPlace } from '../storage/server-stores.ts';
import { withDirectory } from './change-accounts.ts';
import { explainFailure } from './explain-failure.ts';
import { findAccount } from './find-account.ts';
import { createEach, type About } from './for-accounts.ts';
import { restore } from './restore.ts';

export interface RestoreWish {
  /** Of the backup. */
  readonly folder: string;
  readonly number: number | null;
}

/** Restores a backup of one account, or of many, into what the settings say. // SRV-37, SRV-116 */
export async function restoreKept(about: About, wish: RestoreWish): Promise<void> {
  const { settings, account, how } = about;
  const folder = resolve(wish.folder);
  const manifest = await readAccountsManifest(folder);
  if (settings.manyAccounts === null) {
    if (manifest !== null) throw backupOfMany(folder);
    return restore({ ...settings, folder, number: wish.number }, how);
  }
  if (account !== null) return restoreOne(about, account, { ...wish, folder }, manifest);
  if (manifest === null)
    throw usage(
      `${folder} is not a backup of many accounts. If it is the backup of one, say which account gets it, with --account.`,
    );
  if (wish.number !== null) throw usage('--number needs --account: each account has backups of its own.');
  if (settings.database !== null) return restoreIntoDatabase(about, folder, manifest);
  const each = createEach(how);
  await explainFailure(
    restoreAccounts({
      folder,
      manifest,
      dataFolder: settings.dataFolder,
      restoreOne: (id, from, dataFolder) =>
        each.run({ id, name: 'account' }, (reporting) => restore({ folder: from, dataFolder }, reporting)),
    }),
    `The restore into ${settings.dataFolder} failed`,
    'No server takes what is there for its data folder',
  ).finally(how.progress.clear);
  each.end();
}

/** Makes the accounts that a backup has, and fills each. What is there already is left as it is. */
async function restoreIntoDatabase(
  { settings, how }: About,
  folder: string,
  manifest: AccountsManifest,
): Promise<void> {
  const contents = await readCopiedDirectory(folder, manifest);
  const each = createEach(how);
  await withDirectory(settings, async (directory) => {
    const known = new Set(contents.accounts.map(({ id }) => id));
    if ((await directory.list()).some(({ id }) => !known.has(id)))
      throw new OperatorError(
        'The database has other accounts already, so nothing was restored. Set DATAANS_DATABASE to an empty database.',
      );
    await directory.addAll(contents);
    for (const account of contents.accounts.filter(({ id }) => manifest.accounts.includes(id)))
      await each.run(account, (reporting) =>
        restore(
          { ...placeOfAccount<StoresPlace>(settings, account), folder: backupOfAccount(folder, account.id) },
          reporting,
        ),
      );
  });
  each.end();
}

/** Gives an account that has no log what is in a backup: of its own among many, or of a server with one. */
async function restoreOne(
  { settings, how }: About,
  account: string,
  { folder, number }: RestoreWish,
  manifest: AccountsManifest | null,
): Promise<void> {
  await withDirectory(settings, async (directory) => {
    const found = await findAccount(directory, account);
    const { id } = found;
    const from = manifest === null ? folder : backupOfAccount(folder, id);
    const place = placeOfAccount<StoresPlace>(settings, found);
    await restore({ ...place, folder: from, number, beside: [dataFiles.tokens] }, how, (log) =>
      directory.noteLog(id, log),
    );
  });
}

function backupOfMany(folder: string): OperatorError {
  return usage(
    `${folder} is a backup of many accounts. Set DATAANS_ACCOUNTS=many, or restore one of them from its folder in ${folder}/accounts.`,
  );
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
