import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytesToUuid, type LogId } from '@dataans/core';
import { limitStores } from '../../accounts/limit-stores.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { Identity } from '../../auth/authenticator.ts';
import type { Clock } from '../../clock.ts';
import { createHeadFeed, type HeadFeed } from '../../log/head-feed.ts';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import type { AccountId, Directory } from '../../stores/directory.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import type { TokenFinder } from '../../stores/token-store.ts';
import { dataFiles, refuseNoDataFolder } from '../data-folder-files.ts';
import { explaining, lockDataFolder, openDataFolder } from '../data-folder.ts';
import { createDiskBackupRecord } from '../disk/disk-backup-record.ts';
import { incomingOf, removeHalfWritten } from '../disk/disk-chunks.ts';
import { createDiskKeptKeys } from '../disk/disk-kept-keys.ts';
import { createFolderHealth } from '../disk/folder-health.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { hasLog } from '../lost-log.ts';
import type { ManyStores, ServerStores } from '../server-stores.ts';
import { countOperationBytes } from '../sqlite/operation-bytes.ts';
import { openSqliteDirectory } from '../sqlite/sqlite-directory.ts';
import { createLeasedStores } from './leased-stores.ts';
import { createOpenFolders, type OpenFolders } from './open-folders.ts';

/** An account that is open holds some megabytes and a dozen files. */
const idleAccountsMax = 64;

type Folders = OpenFolders<AccountId, ServerStores>;

export function newAccountId(): AccountId {
  return randomBytesToUuid<AccountId>(randomBytes(16));
}

/** The data folder of one account, the same as a server with one account has. */
export function folderOfAccount(root: string, id: AccountId): string {
  return join(root, 'accounts', id);
}

/**
 * Opens or makes a data folder for many accounts, and keeps every other server off it until it is closed. // SRV-110
 *
 * @param idleMax Default: as many as a small machine has room for.
 */
export function openAccountFolders(
  root: string,
  clock: Pick<Clock, 'now'>,
  idleMax: number = idleAccountsMax,
): Promise<ManyStores> {
  return explaining(root, async () => {
    makeFolder(root);
    const isNew = !existsSync(join(root, dataFiles.directory));
    await using opened = new AsyncDisposableStack();
    opened.adopt(lockDataFolder(root, dataFiles.directory), (lock) => lock.release());
    await removeHalfWritten(root);
    makeFolder(incomingOf(root));
    const directory = opened.adopt(await openDirectoryOf(root), (open) => open.close());
    const feed = createHeadFeed();
    const folders: Folders = opened.adopt(
      createOpenFolders((id) => openAccount(root, id, directory, feed.notify, clock), idleMax),
      (open) => open.close(),
    );
    const accountByLog = new Map<LogId, AccountId>();
    const whileOpen = opened.move();
    return {
      accounts: createAccounts(folders, directory, accountByLog),
      directory,
      heads: pinWatched(feed, folders, accountByLog),
      tokens: findTokens(folders, directory),
      keptKeys: createDiskKeptKeys(join(root, dataFiles.signingKeys)),
      backupRecord: createDiskBackupRecord(join(root, dataFiles.backupRecord)),
      health: createFolderHealth(incomingOf(root), clock),
      isNew,
      close: () => whileOpen.disposeAsync(),
    };
  });
}

/** The accounts alone: they may be changed while a server runs. Throws `OperatorError` where it must not be. */
export function openDirectoryOf(root: string): Promise<Directory> {
  return explaining(root, async () => {
    makeFolder(root);
    refuseNoDataFolder(root);
    const path = join(root, dataFiles.directory);
    refuseOneAccount(root);
    if (!existsSync(path) && hasAccounts(root))
      throw new OperatorError(
        `${path} is gone, but accounts are still in the data folder. Restore it from a copy. Without it nobody's notes can be told from another's.`,
        { exitCode: exitCodes.integrity },
      );
    return openSqliteDirectory({ path });
  });
}

/** Throws `OperatorError` for the data folder of a server with one account. */
function refuseOneAccount(root: string): void {
  if (!hasLog(root)) return;
  throw new OperatorError(
    `The data folder ${root} is one person's, and DATAANS_ACCOUNTS says that there are many. Remove DATAANS_ACCOUNTS, or set DATAANS_DATA to another folder. To make these notes an account of that one, back them up and restore them there with --account.`,
  );
}

function hasAccounts(root: string): boolean {
  const folder = join(root, 'accounts');
  return existsSync(folder) && readdirSync(folder).length > 0;
}

async function openAccount(
  root: string,
  id: AccountId,
  directory: Directory,
  onHead: ReturnType<typeof createHeadFeed>['notify'],
  clock: Pick<Clock, 'now'>,
): Promise<ServerStores> {
  const known = (await directory.find(id))?.log ?? null;
  const folder = folderOfAccount(root, id);
  try {
    if (known !== null && !hasLog(folder)) throw lostAccount(folder, 'is gone');
    const stores = await openDataFolder(folder, clock);
    if (known === null) await directory.noteLog(id, stores.log.id);
    else if (known !== stores.log.id) {
      await stores.close();
      throw lostAccount(folder, 'is another one than this account had');
    }
    stores.heads.subscribe(stores.log.id, onHead);
    const limit = {
      quota: async () => (await directory.find(id))?.quota ?? null,
      operationBytes: async () => countOperationBytes(join(folder, dataFiles.log)),
    };
    return { ...stores, ...limitStores(stores, limit) };
  } catch (error) {
    // The others go on; this one is tried again with the next request.
    throw error instanceof OperatorError ? new StorageUnavailableError(error) : error;
  }
}

/** A new log in its place would look like an account that never kept anything. // SRV-45 */
function lostAccount(folder: string, what: string): OperatorError {
  return new OperatorError(
    `The log in ${folder} ${what}. Restore it from a backup with dataans-server restore DIR --account.`,
    { exitCode: exitCodes.integrity },
  );
}

function createAccounts(
  folders: Folders,
  directory: Directory,
  accountByLog: Map<LogId, AccountId>,
): Accounts {
  return {
    areMany: true,
    of: async (identity) => {
      const account = requireAccount(identity);
      const log = await folders.use(account, async (stores) => stores.log.id);
      accountByLog.set(log, account);
      return createLeasedStores(log, (work) => folders.use(account, work));
    },
    requireReadable: async () => void (await directory.countTokens()),
    count: async () => null,
  };
}

function requireAccount({ account }: Identity): AccountId {
  if (account === null) throw new TypeError('Nobody looked up the account of this identity.');
  return account;
}

/** A folder whose log somebody listens to stays open. // SRV-113 */
function pinWatched(feed: HeadFeed, folders: Folders, accountByLog: ReadonlyMap<LogId, AccountId>): HeadFeed {
  return {
    subscribe: (log, listener) => {
      const account = accountByLog.get(log);
      const unpin = account === undefined ? () => {} : folders.pin(account);
      const stop = feed.subscribe(log, listener);
      return () => {
        stop();
        unpin();
      };
    },
  };
}

function findTokens(folders: Folders, directory: Directory): TokenFinder {
  return {
    find: async (hash) => {
      const account = await directory.findByToken(hash);
      if (account === null) return null;
      const token = await folders.use(account, ({ tokens }) => tokens.find(hash));
      return token === null ? null : { ...token, account };
    },
    touch: async (hash, at) => {
      const account = await directory.findByToken(hash);
      if (account !== null) await folders.use(account, ({ tokens }) => tokens.touch(hash, at));
    },
  };
}
