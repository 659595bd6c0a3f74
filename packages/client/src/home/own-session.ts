import type { DataansError, UnlockedKeyring } from '@dataans/core';
import type { Holding } from '../files/holding.ts';
import type { Store } from '../store/store.ts';
import type { Connections } from './create-connections.ts';
import { createSession, type Session } from './create-session.ts';
import { notSignedIn } from './endings.ts';
import type { HomePlatform } from './home-platform.ts';
import { createLifetime, type Lifetime } from './lifetime.ts';
import { liveSession } from './live-session.ts';

/** The session with the server of a home: one at a time, opened when it is first asked for. */
export interface OwnSession {
  /** @throws DataansError if there is none to open */
  use(): Session;
  /** The server that the open one is with. */
  server(): string | undefined;
  /** Wakes every pause of the open one. // SYN-24 */
  retry(): void;
  /** Ends what runs in it, and waits for that. The next use opens another. */
  end(explain: () => DataansError): Promise<void>;
}

export interface OwnSessionDependencies {
  readonly platform: HomePlatform;
  readonly holding: Holding;
  readonly connections: Connections;
  readonly readKeyring: () => Promise<UnlockedKeyring>;
  readonly openStore: () => Store;
}

interface OpenSession {
  readonly server: string;
  readonly session: Session;
  readonly lifetime: Lifetime;
}

export function createOwnSession(dependencies: OwnSessionDependencies): OwnSession {
  let open: OpenSession | null = null;
  return {
    use: () => (open ??= openSession(dependencies)).session,
    server: () => open?.server,
    retry: () => open?.session.engine.retry(),
    end: async (explain) => {
      const ending = open;
      open = null;
      await ending?.lifetime.end(explain);
    },
  };
}

function openSession({
  platform,
  holding,
  connections,
  readKeyring,
  openStore,
}: OwnSessionDependencies): OpenSession {
  const { primitives, clock, randomness, chunks, kept } = platform;
  const { lock, sendLock, fetchLock, defaultPolicy, operationsAtOnce, followOthers, shrinkPicture } =
    platform;
  const server = kept.profile()?.server;
  if (server === undefined || kept.session() === null) throw notSignedIn(platform);
  const session = createSession({
    store: openStore(),
    chunks,
    holding,
    connection: connections.connectOwn(server),
    primitives,
    readKeyring,
    clock,
    randomness,
    lock,
    sendLock,
    fetchLock,
    defaultPolicy,
    keptRecord: kept.record,
    shrinkPicture,
    ...(operationsAtOnce === undefined ? {} : { operationsAtOnce }),
    ...(followOthers === undefined ? {} : { followOthers }),
  });
  const lifetime = createLifetime();
  return { server, session: liveSession(session, lifetime), lifetime };
}
