import { DataansError } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { readAccess } from '../account/kept-access.ts';
import type { KeptRecord } from '../account/kept-record.ts';
import { parseServerAddress } from '../account/server-address.ts';
import { createSession, type Session } from '../session/create-session.ts';
import { createStore } from '../store/create-store.ts';
import { createFetchTransport } from './fetch-transport.ts';
import { readStatus } from '../status/read-status.ts';
import { createServerConnection, type ServerConnection } from '../connection/server-connection.ts';
import type { BrowserHome } from './browser-home.ts';
import { signInBrowser } from './browser-sign-in.ts';
import { openBrowserStorage, type BrowserStorage } from './browser-storage.ts';
import { createBrowserClock } from './clock.ts';
import { readProfile, type KeptAccount } from './kept-account.ts';
import { createWebLock } from './web-lock.ts';
import { createWebPrimitives } from './web-primitives.ts';

export interface BrowserHomeOptions {
  /** Names what this home keeps in the origin: one for each account. */
  readonly name: string;
  /** How long to wait while another tab has it open; `Infinity` until that is gone. */
  readonly leaderWaitMs: number;
}

/**
 * Opens a browser's home. Only in a dedicated worker.
 *
 * @throws DataansError `busy` while another tab has it open, `storage-full`, `storage-unusable`
 */
export async function openBrowserHome({ name, leaderWaitMs }: BrowserHomeOptions): Promise<BrowserHome> {
  const primitives = createWebPrimitives(crypto);
  const clock = createBrowserClock();
  const storage = await openBrowserStorage(name, leaderWaitMs, { primitives, clock });
  try {
    return await createHome(name, storage, { primitives, clock });
  } catch (error) {
    storage.close();
    throw error;
  }
}

async function createHome(
  name: string,
  storage: BrowserStorage,
  platform: {
    readonly primitives: ReturnType<typeof createWebPrimitives>;
    readonly clock: ReturnType<typeof createBrowserClock>;
  },
): Promise<BrowserHome> {
  const { primitives, clock } = platform;
  const { chunks, keys, database } = storage;
  const randomness = Math.random;
  const transport = createFetchTransport((...request) => fetch(...request));
  const store = createStore({ database, randomBytes: primitives.randomBytes, keepCopy: database.keepCopy });
  let account = await keys.read('account');
  let session: Session | null = null;

  const connect = (address: string, access: () => Access): ServerConnection =>
    createServerConnection({ address: parseServerAddress(address), transport, clock, randomness, access });

  const openSession = (): Session => {
    if (account === null) throw notSignedIn();
    const { server, keyring } = account; // Only this tab signs in while it leads.
    const connection = connect(
      server,
      createAccessReader(() => account),
    );
    const lock = createWebLock(`${name} sync`, navigator.locks, clock);
    const keptRecord: KeptRecord = {
      read: () => keys.read('record'),
      write: async (record, passphrase) => {
        if (account !== null && passphrase !== null) account = { ...account, passphrase };
        await keys.write({ record, account });
      },
    };
    return createSession({
      store,
      chunks,
      connection,
      primitives,
      readKeyring: () => Promise.resolve(keyring),
      clock,
      randomness,
      lock,
      keptRecord,
    });
  };
  const useSession = (): Session => (session ??= openSession());

  return {
    store,
    chunks,
    profile: () => (account === null ? null : readProfile(account)),
    isSignedIn: () => account !== null,

    hasAccount: async ({ server, access, signal }) => {
      const connection = connect(server, () => access);
      await connection.readLog(signal);
      return (await connection.readAccount(signal)) !== null;
    },

    signIn: async (request) => {
      const connection = connect(request.server, () => request.access);
      const opened = await signInBrowser({ primitives, keys, store, connection }, request);
      account = opened.account;
      session = null;
      await useSession().notebook.nameDevice(request.device);
      return opened.signedIn;
    },

    signOut: async ({ erase = false } = {}) => {
      session = null;
      await (erase ? storage.erase() : keys.write({ account: null, unconfirmed: null }));
      account = null; // Sessions that somebody still holds end with it. // ACC-11
    },

    session: useSession,
    status: () => readStatus(store, account, clock.now(), primitives.hash),
    close: storage.close,
  };
}

/** The same value for as long as the account is: another one means that somebody has signed in again. */
function createAccessReader(readAccount: () => KeptAccount | null): () => Access {
  let from: KeptAccount | null = null;
  let access: Access = { kind: 'none' };
  return () => {
    const account = readAccount();
    if (account === null) throw notSignedIn(); // ACC-11
    if (account !== from) access = readAccess(account.access);
    from = account;
    return access;
  };
}

function notSignedIn(): DataansError {
  return new DataansError('not-signed-in', 'Nobody is signed in here.', {
    advice: 'Sign in with your password and your passphrase.',
  });
}
