import type { Clock } from '../clock.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { databaseToText } from '../stores/database-place.ts';
import {
  hasTokens,
  openDataFolder,
  openDataFolderToRead,
  openTokensOf,
  readBackupRecord,
  readKeptKeys,
} from './data-folder.ts';
import { folderOfAccount, openAccountFolders, openDirectoryOf } from './accounts/account-folders.ts';
import { openIndexOf } from './open-chunks.ts';
import type { Account, Directory } from '../stores/directory.ts';
import type { ManyStores, ServerStores, StoresPlace, StoresToRead } from './server-stores.ts';

export { newAccountId } from './accounts/account-folders.ts';

/** Opens or makes what a server keeps. Throws `OperatorError` if it cannot. Only here it is decided what keeps it. // SRV-100 */
export async function openStores(
  { dataFolder, chunkPlace, database }: StoresPlace,
  surroundings: { readonly clock: Clock; readonly onLost: (error: Error) => void },
): Promise<ServerStores> {
  if (database === null) return openDataFolder(dataFolder, surroundings.clock, chunkPlace);
  const { openDatabaseStores } = await loadPostgres();
  return openDatabaseStores(database, chunkPlace, surroundings);
}

/** The same for many accounts. */
export async function openManyStores(
  { dataFolder, chunkPlace, database }: StoresPlace,
  surroundings: { readonly clock: Clock; readonly onLost: (error: Error) => void },
): Promise<ManyStores> {
  if (database === null) return openAccountFolders(dataFolder, surroundings.clock);
  return (await loadPostgres()).openManyDatabaseStores(database, chunkPlace, surroundings);
}

/** The accounts alone, which may be changed while a server runs. */
export async function openDirectory({ dataFolder, database }: StoresPlace): Promise<Directory> {
  if (database === null) return openDirectoryOf(dataFolder);
  return (await loadPostgres()).openDatabaseDirectory(database);
}

/** Where the stores of one account of many are. */
export function placeOfAccount<Place extends StoresPlace>(place: Place, account: Account): Place {
  const { dataFolder } = place;
  return { ...place, account, dataFolder: folderOfAccount(dataFolder, account.id), serverFolder: dataFolder };
}

export async function openStoresToRead({
  dataFolder,
  chunkPlace,
  database,
  serverFolder = dataFolder,
  account,
}: StoresPlace): Promise<StoresToRead> {
  if (database !== null)
    return (await loadPostgres()).openDatabaseToRead(database, chunkPlace, account?.log ?? null);
  await using opened = new AsyncDisposableStack();
  const { log, chunks } = await openDataFolderToRead(dataFolder, chunkPlace);
  opened.defer(() => log.close());
  const whileOpen = opened.move();
  return {
    log,
    chunks,
    openIndex: () =>
      chunkPlace === 'files'
        ? null
        : whileOpen.adopt(openIndexOf(dataFolder, chunkPlace), (index) => index.close()),
    readBackupRecord: () => readBackupRecord(serverFolder),
    readKeptKeys: () => readKeptKeys(serverFolder),
    close: () => whileOpen.disposeAsync(),
  };
}

/** The tokens alone, and whether there ever were any: they may be changed while a server runs. // SRV-25 */
export async function openTokens({
  dataFolder,
  database,
  account,
}: StoresPlace): Promise<{ readonly tokens: TokenStore; readonly isNew: boolean }> {
  if (database === null) {
    const isNew = !hasTokens(dataFolder);
    return { tokens: await openTokensOf(dataFolder), isNew };
  }
  const tokens = await (await loadPostgres()).openDatabaseTokens(database, account?.id ?? null);
  return { tokens, isNew: (await tokens.list()).length === 0 };
}

/** Brings the tables of a database up to date; resolves to how many steps there were. */
export async function migrateStores({ database }: StoresPlace): Promise<number | null> {
  return database === null ? null : (await loadPostgres()).migrateDatabase(database);
}

/** Where it is kept, in words. */
export function storesToText({ dataFolder, database }: StoresPlace): string {
  return database === null ? dataFolder : databaseToText(database);
}

/** The driver is only loaded by who has a database. */
function loadPostgres(): Promise<typeof import('./open-database.ts')> {
  return import('./open-database.ts');
}
