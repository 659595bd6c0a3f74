import type { Store, SyncReport, TransportRequest } from '@dataans/client';
import type { Chance } from '../engine/chance.ts';
import type { ServerHost } from './server-host.ts';
import type { WireAnswer } from './tell-server.ts';
import type { World } from './world.ts';

/** Somebody who changes what the server says, or what it keeps. */
export interface Liar {
  answer(home: string, request: TransportRequest, honest: WireAnswer): Promise<WireAnswer>;
  /** Lies for a while, in one way. */
  begin(server: ServerHost, chance: Chance): void;
  stop(): void;
  /** The server's data were changed behind its back. */
  hasTampered(): boolean;
  hasLied(): boolean;
  /** Follows one sync: what it was told, and whether it noticed. */
  listenTo(home: string): Listening;
  /** Homes that were lied to and have not noticed. */
  unnoticed(): readonly string[];
}

export interface Listening {
  ended(report: SyncReport, store: Store): void;
  failed(error: unknown): void;
}

export function createLiar(_world: World): Liar {
  return {
    answer: (_home, _request, honest) => Promise.resolve(honest),
    begin: () => undefined,
    stop: () => undefined,
    hasTampered: () => false,
    hasLied: () => false,
    listenTo: () => ({ ended: () => undefined, failed: () => undefined }),
    unnoticed: () => [],
  };
}
