import type { UnlockedKeyring } from '@dataans/core';
import { createHolding } from '../files/holding.ts';
import { forgetRefusal } from '../status/last-problem.ts';
import { readStatus } from '../status/read-status.ts';
import type { Store } from '../store/store.ts';
import { createAccountRooms } from './account-rooms.ts';
import { createConnections } from './create-connections.ts';
import { closed, notSignedIn, signedOut } from './endings.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import { createLifetime } from './lifetime.ts';
import { createMeetings } from './meet-server.ts';
import { createOwnSession } from './own-session.ts';

/** The rooms of the home on a platform. Opens nothing yet: what a program does not need is not touched. */
export function createRooms(platform: HomePlatform): HomeRooms {
  const { primitives, clock, kept } = platform;
  const holding = createHolding(platform.holdLock);
  const lifetime = createLifetime();
  let storeLifetime = createLifetime();
  let isClosed = false;

  const openStore = (openIt = platform.openStore): Store => {
    if (isClosed) throw closed();
    return openIt();
  };
  const readKeyring = async (): Promise<UnlockedKeyring> => {
    const keyring = await kept.readKeyring();
    if (keyring === null) throw notSignedIn(platform);
    return keyring;
  };
  const keepAccess: KeptSignIn['keepAccess'] = async (server, access, expires) => {
    if (kept.session() === null) throw notSignedIn(platform);
    await kept.keepAccess(server, access, expires);
    forgetRefusal(openStore().facts);
  };
  const connections = createConnections(platform, keepAccess, () => signedOut(platform));
  const meetings = createMeetings(connections.connect, clock);
  const session = createOwnSession({ platform, holding, connections, readKeyring, openStore });
  const openOrMakeStore = (): Store => openStore(platform.openOrMakeStore);
  const opening = { openStore, openOrMakeStore };
  const account = { platform, lifetime, connections, meetings, session, readKeyring, keepAccess, ...opening };

  return {
    get store() {
      return openStore();
    },
    chunks: platform.chunks,
    holding,
    profile: kept.profile,
    isSignedIn: () => kept.session() !== null,
    isStoreLost: platform.isStoreLost,
    ...createAccountRooms(account),
    signOut: async ({ erase = false } = {}) => {
      platform.requireOwn();
      await session.end(() => signedOut(platform));
      meetings.forget();
      if (erase) {
        await storeLifetime.end(() => signedOut(platform));
        storeLifetime = createLifetime();
        platform.closeStore();
      }
      await (erase ? platform.erase() : kept.forget());
    },
    session: session.use,
    during: (work, signal) => storeLifetime.run(work, signal),
    retry: session.retry,
    status: () =>
      readStatus(openStore(), kept.session(), clock.now(), primitives.hash, platform.defaultPolicy),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await Promise.all([session.end(closed), lifetime.end(closed)]);
      await session.end(closed); // A sign-in that was under way may have opened one.
      await storeLifetime.end(closed);
      platform.closeStore();
      platform.close();
    },
  };
}
