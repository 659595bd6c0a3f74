import { DataansError, type UnlockedKeyring } from '@dataans/core';
import { awaitsKeys } from '../store/account-facts.ts';
import { changePassword } from '../account/change-password.ts';
import { isOwnAccount } from '../account/own-account.ts';
import { parseServerAddress } from '../account/server-address.ts';
import { noteAccount } from '../account/note-account.ts';
import { forgetRefusal } from '../status/last-problem.ts';
import { readStatus } from '../status/read-status.ts';
import type { Store } from '../store/store.ts';
import { createConnections } from './create-connections.ts';
import { createSession, type Session } from './create-session.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';
import { createLifetime, type Lifetime } from './lifetime.ts';
import { liveSession } from './live-session.ts';
import { createMeetings } from './meet-server.ts';
import { signInHome } from './sign-in-home.ts';

/** A session, the server that it is with, and how long it lasts. */
interface OpenSession {
  readonly server: string;
  readonly session: Session;
  readonly lifetime: Lifetime;
}

/** The rooms of the home on a platform. Opens nothing yet: what a program does not need is not touched. */
export function createRooms(platform: HomePlatform): HomeRooms {
  const { primitives, clock, kept } = platform;
  const lifetime = createLifetime();
  let storeLifetime = createLifetime();
  let isClosed = false;
  let open: OpenSession | null = null;

  const openStore = (openIt = platform.openStore): Store => {
    if (isClosed) throw closed();
    return openIt();
  };
  const makeStore = (): Store => openStore(platform.openOrMakeStore);
  const notSignedIn = (): DataansError => explainSignIn(platform);
  const keepAccess: typeof kept.keepAccess = async (server, access, expires) => {
    if (kept.session() === null) throw notSignedIn();
    await kept.keepAccess(server, access, expires);
    forgetRefusal(openStore().facts);
  };
  const connections = createConnections(platform, keepAccess, () => signedOut(platform));
  const meetings = createMeetings(connections.connect, clock);

  const readKeyring = async (): Promise<UnlockedKeyring> => {
    const keyring = await kept.readKeyring();
    if (keyring === null) throw notSignedIn();
    return keyring;
  };
  const openSession = (): OpenSession => {
    const server = kept.profile()?.server;
    if (isClosed) throw closed();
    if (server === undefined || kept.session() === null) throw notSignedIn();
    const connection = connections.connectOwn(server);
    const { chunks, randomness, followOthers } = platform;
    const { lock, sendLock, fetchLock, defaultPolicy } = platform;
    const others = followOthers === undefined ? {} : { followOthers };
    const locks = { lock, sendLock, fetchLock };
    const shared = { chunks, connection, primitives, readKeyring, clock, randomness, ...locks, ...others };
    const session = createSession({ ...shared, defaultPolicy, store: openStore(), keptRecord: kept.record });
    const ownLifetime = createLifetime();
    return { server, session: liveSession(session, ownLifetime), lifetime: ownLifetime };
  };
  const useSession = (): Session => (open ??= openSession()).session;
  const endSession = async (explain: () => DataansError): Promise<void> => {
    const ending = open;
    open = null;
    await ending?.lifetime.end(explain);
  };
  const retry = (): void => open?.session.engine.retry();

  return {
    get store() {
      return openStore();
    },
    chunks: platform.chunks,
    profile: kept.profile,
    isSignedIn: () => kept.session() !== null,
    isStoreLost: platform.isStoreLost,

    meet: ({ server: typed, ...question }) =>
      lifetime.run(async (signal) => {
        const server = parseServerAddress(typed);
        const { found, expires } = await meetings.meet({ ...question, server, signal });
        return { server, account: found === null ? 'none' : 'there', expires };
      }, question.signal),

    renewAccess: ({ server: typed, access, signal: given }) =>
      lifetime.run(async (signal) => {
        const server = parseServerAddress(typed);
        if (kept.session() === null || kept.profile()?.server !== server) return false;
        if (platform.isStoreLost()) return false; // What makes a new one asks for the password.
        if (awaitsKeys(openStore().facts)) return false; // ACC-22
        const { log, found, expires } = await meetings.meet({ server, access, signal });
        const answers = { readLog: async () => log, readAccount: async () => found };
        const known = { kept: await kept.record.read(), followed: openStore().log.cursor()?.log ?? null };
        if (!(await isOwnAccount(answers, known, signal))) return false;
        await keepAccess(server, access, expires);
        retry();
        return true;
      }, given),

    signIn: (request) =>
      lifetime.run(async (signal) => {
        platform.requireOwn();
        const server = parseServerAddress(request.server);
        const connection = connections.connect(server, () => request.access);
        const met = meetings.recall({ server, access: request.access });
        const question = { ...request, server, signal };
        const signedIn = await signInHome({ platform, connection, met, openStore: makeStore }, question);
        meetings.forget();
        if (open?.server !== server) await endSession(() => signedInElsewhere(server));
        await useSession().notebook.nameDevice(request.device);
        retry();
        return signedIn;
      }, request.signal),

    changePassword: (change) =>
      lifetime.run(async (signal) => {
        const profile = kept.profile();
        if (profile === null || kept.session() === null) throw notSignedIn();
        const changed = await changePassword({
          ...change,
          signal,
          connection: connections.connectOwn(profile.server),
          primitives,
          keyring: await readKeyring(),
          kept: await kept.record.read(),
          passphrase: profile.passphrase,
        });
        // If this dies in between, the next sync finds the server's record newer, and keeps it. // ACC-20
        await kept.keepChange(changed);
        noteAccount(openStore().facts, profile.server, changed);
        return changed.passphrase;
      }, change.signal),

    signOut: async ({ erase = false } = {}) => {
      platform.requireOwn();
      await endSession(() => signedOut(platform));
      meetings.forget();
      if (erase) {
        await storeLifetime.end(() => signedOut(platform));
        storeLifetime = createLifetime();
        platform.closeStore();
      }
      await (erase ? platform.erase() : kept.forget());
    },

    session: useSession,
    during: (work, signal) => storeLifetime.run(work, signal),
    retry,
    status: () =>
      readStatus(openStore(), kept.session(), clock.now(), primitives.hash, platform.defaultPolicy),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await Promise.all([endSession(closed), lifetime.end(closed)]);
      await endSession(closed); // A sign-in that was under way may have opened one.
      await storeLifetime.end(closed);
      platform.closeStore();
      platform.close();
    },
  };
}

function explainSignIn({ kept, signInCommand }: HomePlatform): DataansError {
  const advice =
    signInCommand === undefined
      ? 'Sign in with your password and your passphrase.'
      : `Sign in with: ${signInCommand(kept.profile()?.server ?? 'URL')}`;
  return new DataansError('not-signed-in', "This device isn't signed in.", { advice });
}

function signedOut(platform: HomePlatform): DataansError {
  const { advice } = explainSignIn(platform);
  return new DataansError('not-signed-in', 'This device was signed out while this was running.', { advice });
}

function signedInElsewhere(server: string): DataansError {
  return new DataansError('busy', `This device was signed in to ${server} while this was running.`, {
    advice: 'Try again.',
  });
}

function closed(): DataansError {
  return new DataansError('storage-unusable', 'This was closed while it was running.', {
    advice: 'Open it again.',
  });
}
