import { DataansError, equalBytes } from '@dataans/core';
import type { Store } from '../../../packages/client/src/store/store.ts';
import type { SyncReport } from '../../../packages/client/src/sync/sync-engine.ts';
import { listFindings } from '../../../packages/client/src/status/list-findings.ts';
import { look } from './holdings.ts';
import { forgedBatch, type Liar } from './liar.ts';
import type { ServerHost } from './server-host.ts';
import type { World } from './world.ts';

/**
 * Sees that no lie goes unnoticed that a device has believed: one that follows another log than the server
 * has must say so, in that sync or in the next that reaches the server.
 */
export interface Watchfulness {
  /**
   * Of a sync that ended, or of what a watch tells.
   * @param ofWatch one lane has come to its end, and another may still look at what it was just sent
   */
  ended(home: string, report: SyncReport, store: Store, ofWatch?: boolean): void;
  failed(home: string, error: unknown, store: Store): void;
  /** The server's data were changed behind its back. */
  tampered(homes: readonly string[]): void;
  /** The home has lost what it last learned. */
  forget(home: string): void;
  hasTampered(): boolean;
  /** Homes that believed a lie and have not noticed. */
  unnoticed(): readonly string[];
}

export function createWatchfulness(world: World, liar: Liar, server: ServerHost): Watchfulness {
  const believed = new Map<string, readonly string[]>();
  let hasTampered = false;
  /** A copy of the home may have sent the same batch since: then the server has what it said. */
  const hasComeTrue = (home: string): boolean =>
    believed.get(home)?.every((lie) => lie === forgedBatch) === true;
  const weigh = (home: string, store: Store, hasNoticed: boolean): readonly string[] => {
    const told = liar.takeTold(home);
    if (hasNoticed) believed.delete(home);
    else if (told.length > 0 && !isOnLog(store, server)) believed.set(home, told);
    else if (hasComeTrue(home) && isOnLog(store, server)) believed.delete(home);
    return told;
  };
  return {
    ended: (home, report, store, ofWatch = false) => {
      const said = report.problems.some(({ code }) => code === 'integrity') || report.quarantined > 0;
      const told = weigh(home, store, said || report.healed !== null || listFindings(store).count > 0);
      const hasFetched = !ofWatch || report.chunksReceived > 0;
      if (told.includes('an altered chunk') && hasFetched && !said && report.filesMissing === 0)
        world.fail(`${home} was sent an altered chunk and does not say so`);
    },
    failed: (home, error, store) => {
      weigh(home, store, error instanceof DataansError && error.code === 'integrity');
    },
    tampered: (homes) => {
      hasTampered = true;
      for (const home of homes) believed.set(home, ['a log that was rewritten']);
    },
    forget: (home) => {
      liar.takeTold(home);
      believed.delete(home);
    },
    hasTampered: () => hasTampered,
    unnoticed: () => [...believed].map(([home, told]) => `${home} has not noticed ${told.join(', ')}`),
  };
}

/** The device stands on an entry of the log that the server really has. */
function isOnLog(store: Store, server: ServerHost): boolean {
  const cursor = store.log.cursor();
  if (cursor === null || cursor.seq === 0) return true;
  const [chain] = look(
    server.data().path,
    (database) =>
      database
        .prepare('SELECT chain FROM operations WHERE seq = ?')
        .all(cursor.seq)
        .map((row) => row['chain'] as Uint8Array), // A blob, as the schema says.
  );
  return chain !== undefined && equalBytes(chain, cursor.chain);
}
