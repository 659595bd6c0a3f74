import { join } from 'node:path';
import { DataansError, unlockKeyring, type Keyring, type UnlockedKeyring } from '@dataans/core';
import type { Access } from '../connection/access.ts';
import { awaitsKeys } from '../account/account-facts.ts';
import { changePassword } from '../account/change-password.ts';
import { readDataKeyIds } from '../account/data-key-ids.ts';
import { followLog } from '../account/follow-log.ts';
import { openKeptRecord } from '../account/kept-record.ts';
import { noteAccount } from '../account/note-account.ts';
import { isOwnAccount } from '../account/own-account.ts';
import { parseServerAddress } from '../account/server-address.ts';
import { readExpiry } from '../account/session-expiry.ts';
import { signIn, type SignedIn } from '../account/sign-in.ts';
import type { Clock } from '../platform/clock.ts';
import type { Randomness } from '../platform/randomness.ts';
import type { Transport } from '../platform/transport.ts';
import { createSession, type Session } from '../session/create-session.ts';
import { forgetRefusal } from '../status/last-problem.ts';
import { readStatus } from '../status/read-status.ts';
import type { RenewalDependencies } from '../connection/renew-refused.ts';
import { createServerConnection, type ServerConnection } from '../connection/server-connection.ts';
import { createAccessRenewal } from './access-renewal.ts';
import { createChunkFolder } from './chunk-folder.ts';
import { createSystemClock } from './clock.ts';
import type { Environment } from './child-environment.ts';
import { readCloudflaredToken } from './cloudflared.ts';
import {
  createAccessReader,
  createKeyringReader,
  credentialsPath,
  readCredentials,
  writeCredentials,
} from './credentials.ts';
import { eraseHome } from './erase-home.ts';
import { createHomeStore } from './home-store.ts';
import type { Home, SignInRequest } from './home.ts';
import { createKeptRecord } from './kept-record.ts';
import { createNodePrimitives } from './primitives.ts';
import { makeFolder } from './make-folder.ts';
import { requireOwnHome } from './require-own-home.ts';
import { profilePath, readProfile, writeProfile } from './profile.ts';
import { createSyncLock } from './sync-lock.ts';
import { createNodeTransport } from './transport.ts';
import { forgetUnconfirmed, keepUnconfirmed, readUnconfirmed } from './unconfirmed-passphrase.ts';

export interface HomeOptions {
  /** The app data directory; made, for its owner only, when something is first kept in it. */
  readonly directory: string;
  readonly clock?: Clock;
  readonly randomness?: Randomness;
  readonly transport?: Transport;
  /**
   * What names proxies, and what `cloudflared` is found and run with. Default: nothing, which is no proxy, and
   * finds that program in the usual places only.
   */
  readonly environment?: Environment;
  /**
   * Told once if the home cannot be written: then it can be read, and what would change it throws the reason.
   * Default: such a home is not opened.
   */
  readonly onReadOnly?: (reason: DataansError) => void;
  /** What a person types to sign in to a server. Default: `dataans sign-in URL`. */
  readonly signInCommand?: (server: string) => string;
}

/** The home in a directory. Opens nothing yet: what a command does not need is not touched. */
export function openHome(options: HomeOptions): Home {
  const { directory } = options;
  const clock = options.clock ?? createSystemClock();
  const randomness = options.randomness ?? Math.random;
  const primitives = createNodePrimitives();
  const { environment = {}, onReadOnly, signInCommand = (server) => `dataans sign-in ${server}` } = options;
  const transport = options.transport ?? createNodeTransport(environment);
  const secrets = credentialsPath(directory);
  const chunks = createChunkFolder(join(directory, 'chunks'));
  const keptRecord = createKeptRecord(directory);
  const ownServer = (): string => readProfile(profilePath(directory))?.server ?? 'URL';

  const homeStore = createHomeStore({
    directory,
    primitives,
    onReadOnly,
    signInCommand: () => signInCommand(ownServer()),
  });
  const openStore = homeStore.open;

  const connect = (
    address: string,
    access: () => Access,
    renewAccess?: RenewalDependencies['renewAccess'],
  ): ServerConnection =>
    createServerConnection({
      address,
      transport,
      clock,
      randomness,
      access,
      renewAccess,
      signInCommand: signInCommand(address),
    });

  /** The server of this home, with whatever credential is in force. */
  const connectOwn = (address: string, keyring: Pick<Keyring, 'current'>): ServerConnection => {
    const access = createAccessReader(secrets, address, keyring, signedOut);
    const renewAccess = createAccessRenewal({
      access,
      readToken: (signal) => readCloudflaredToken(address, environment, signal),
      prove: (next, signal) => {
        const connection = connect(address, () => next);
        return readExpiry(connection, signal);
      },
      keep: (next, expires) => keepAccess(address, next, expires),
    });
    return connect(address, access, renewAccess);
  };

  const notSignedIn = (): DataansError => {
    return new DataansError('not-signed-in', 'This home is not signed in.', {
      advice: `Run \`${signInCommand(ownServer())}\`.`,
    });
  };

  const signedOut = (): DataansError => {
    const { advice } = notSignedIn();
    return new DataansError('not-signed-in', 'This device was signed out while this was running.', {
      advice,
    });
  };

  const keepAccess = async (server: string, access: Access, expires: number | null): Promise<void> => {
    const credentials = readCredentials(secrets);
    if (credentials === null) throw notSignedIn();
    await writeCredentials(secrets, { ...credentials, access, server, expires });
    forgetRefusal(openStore().facts);
  };

  const readUnlocked = createKeyringReader(secrets, (keyring) => unlockKeyring(primitives, keyring));
  const readKeyring = async (): Promise<UnlockedKeyring> => {
    const keyring = await readUnlocked();
    if (keyring === null) throw notSignedIn();
    return keyring;
  };

  /** What takes keys to work; made once for as long as nobody signs in anew. */
  const openSession = async (): Promise<Session> => {
    const profile = readProfile(profilePath(directory));
    if (profile === null) throw notSignedIn();
    const credentials = readCredentials(secrets);
    if (credentials === null) throw notSignedIn();
    const store = openStore();
    const connection = connectOwn(profile.server, credentials.keyring);
    const lock = createSyncLock(join(directory, 'sync.lock.sqlite'), clock);
    return createSession({
      store,
      chunks,
      connection,
      primitives,
      readKeyring,
      clock,
      randomness,
      lock,
      keptRecord,
    });
  };
  let session: Promise<Session> | null = null;
  const useSession = (): Promise<Session> => {
    const opening = session ?? openSession();
    session = opening;
    opening.catch(() => {
      if (session === opening) session = null;
    });
    return opening;
  };

  const keepSignIn = async (
    request: SignInRequest,
    { server, expires }: { readonly server: string; readonly expires: number | null },
    signedIn: SignedIn,
  ): Promise<void> => {
    const opened = homeStore.openOrMake();
    noteAccount(opened.facts, server, signedIn);
    followLog(opened, primitives.hash, signedIn);
    await writeProfile(profilePath(directory), {
      server,
      passphrase: signedIn.passphrase,
      device: request.device,
    });
    await keptRecord.write(signedIn.record, null);
    const { access } = request;
    await writeCredentials(secrets, { keyring: signedIn.keyring, access, server, expires });
    await forgetUnconfirmed(directory);
    forgetRefusal(opened.facts);
    session = null;
    const { notebook } = await useSession();
    await notebook.nameDevice(request.device);
  };

  return {
    directory,
    get store() {
      return openStore();
    },
    chunks,
    profile: () => readProfile(profilePath(directory)),
    isSignedIn: () => readCredentials(secrets) !== null,

    hasAccount: async ({ server, access, signal }) => {
      const connection = connect(parseServerAddress(server), () => access);
      await connection.readLog(signal);
      return (await connection.readAccount(signal)) !== null;
    },

    cloudflaredAccess: async (server, signal) => {
      const token = await readCloudflaredToken(parseServerAddress(server), environment, signal);
      if (token === null) return null;
      return { kind: 'access-token', header: 'cf-access-token', token, source: 'cloudflared' };
    },

    renewAccess: async ({ server: typed, access, signal }) => {
      const server = parseServerAddress(typed);
      if (readCredentials(secrets) === null || readProfile(profilePath(directory))?.server !== server)
        return false;
      if (homeStore.isLost()) return false; // What makes a new one asks for the password.
      const connection = connect(server, () => access);
      const known = { kept: await keptRecord.read(), followed: openStore().log.cursor()?.log ?? null };
      if (awaitsKeys(openStore().facts)) return false; // ACC-22
      if (!(await isOwnAccount(connection, known, signal))) return false;
      await keepAccess(server, access, await readExpiry(connection, signal));
      return true;
    },

    signIn: async (request) => {
      requireOwnHome(directory);
      const server = parseServerAddress(request.server);
      const connection = connect(server, () => request.access);
      const unconfirmed = readUnconfirmed(directory, server);
      const expires = await readExpiry(connection, request.signal);
      const kept = await keptRecord.read();
      const existingKeyring = async () =>
        readCredentials(secrets)?.keyring ??
        openKeptRecord(primitives, kept, request.password, request.passphrase ?? unconfirmed);
      const signedIn = await signIn({
        connection,
        primitives,
        password: request.password,
        passphrase: request.passphrase,
        existingKeyring,
        kept,
        unconfirmed,
        keepUnconfirmed: (passphrase) => {
          makeFolder(directory);
          return keepUnconfirmed(directory, server, passphrase);
        },
        storeKeyIds: homeStore.isMissing() ? [] : readDataKeyIds(openStore().facts),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      await keepSignIn(request, { server, expires }, signedIn);
      return signedIn;
    },

    isStoreLost: homeStore.isLost,

    changePassword: async (change) => {
      const profile = readProfile(profilePath(directory));
      const credentials = readCredentials(secrets);
      if (profile === null || credentials === null) throw notSignedIn();
      const { server, passphrase } = profile;
      const changed = await changePassword({
        ...change,
        connection: connectOwn(server, credentials.keyring),
        primitives,
        keyring: await readKeyring(),
        kept: await keptRecord.read(),
        passphrase,
      });
      // If this dies in between, the next sync finds the server's record newer, and keeps it. // ACC-20
      await writeCredentials(secrets, { ...credentials, keyring: changed.keyring });
      await keptRecord.write(changed.record, changed.passphrase.reveal());
      noteAccount(openStore().facts, server, changed);
      return changed.passphrase;
    },

    signOut: async ({ erase = false } = {}) => {
      requireOwnHome(directory);
      session = null;
      if (erase) homeStore.close();
      await eraseHome(directory, erase ? 'everything' : 'credentials');
    },

    notebook: async () => (await useSession()).notebook,
    files: async () => (await useSession()).files,
    archiveProof: async () => (await useSession()).archiveProof,
    chunkFetcher: async () => (await useSession()).fetchChunk,
    engine: async () => (await useSession()).engine,
    verifier: async () => (await useSession()).verify,
    status: () => readStatus(openStore(), readCredentials(secrets), clock.now(), primitives.hash),
    close: homeStore.close,
  };
}
