import { DataansError } from '@dataans/core';
import type { Clock } from '../../platform/clock.ts';
import { carryError } from '../../remote/carried-error.ts';
import type { Post } from '../tabs/post.ts';
import type { OwnPageMessage, OwnWorkerMessage } from '../tabs/tab-messages.ts';
import { claimLeadership, type Leadership } from './claim-leadership.ts';
import { serveTabs, type TabsDependencies } from './serve-tabs.ts';

/** What this needs of a home. */
export interface LedHome {
  readonly account: { signOut(options?: { readonly erase?: boolean }): Promise<void> };
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface LeadDependencies extends TabsDependencies {
  readonly worker: string;
  readonly version: number;
  readonly clock: Clock;
  /** Only for who leads. */
  readonly openHome: () => Promise<LedHome>;
  /** The page of this worker. */
  readonly page: Post<OwnPageMessage, OwnWorkerMessage>;
}

export interface Leading {
  /** Gets in line. */
  claim(steal: boolean): void;
  /** Lets go of the home, and is in line no more. */
  leave(): Promise<void>;
}

/** How long the lock is kept for the tab that asked for it, once the home is closed. */
const handOverMs = 2_000;
/** Files of one that led can stay locked for a while after its lock is free. */
const openWaitMs = 5_000;
const openRetryMs = 100;

interface OpenTerm {
  readonly leadership: Leadership;
  /** Closes the home, and says so; the lock stays. */
  readonly end: () => Promise<void>;
}

/** Has the home open whenever it is this worker's turn, and serves all tabs then. // BRW-2 */
export function createLeading(dependencies: LeadDependencies): Leading {
  const { name, locks, clock, page, worker, version, openHome } = dependencies;
  let isInLine = false;
  let waiting = new AbortController();
  let open: OpenTerm | null = null;
  let terms = 0;

  const claim = (steal: boolean): void => {
    isInLine = true;
    if (open !== null) return;
    waiting.abort();
    waiting = new AbortController();
    void waitForTurn(steal, waiting.signal);
  };
  const claimAgain = (): void => {
    if (isInLine) claim(false);
  };
  const waitForTurn = async (steal: boolean, signal: AbortSignal): Promise<void> => {
    const leadership = await claimLeadership(locks, name, { steal, signal });
    if (leadership === null) return;
    page.post({ kind: 'opening' });
    leadership.stolen.addEventListener('abort', () => void giveUp(leadership));
    await begin(leadership, signal);
  };
  const begin = async (leadership: Leadership, signal: AbortSignal): Promise<void> => {
    try {
      const home = await openPatiently(openHome, clock);
      if (signal.aborted || leadership.stolen.aborted) {
        await home.close();
        leadership.release();
        if (leadership.stolen.aborted) claimAgain();
      } else {
        await home.start();
        serve(home, leadership, signal);
      }
    } catch (error) {
      leadership.release();
      page.post({ kind: 'failed', error: carryError(error) });
    }
  };
  const serve = (home: LedHome, leadership: Leadership, signal: AbortSignal): void => {
    terms += 1;
    const serving = serveTabs(dependencies, {
      served: forTabs(home, () => void beginAgain(leadership, signal)),
      term: { term: `${worker} ${terms}`, worker, version },
      own: page,
      onLetGo: () => void handOver(leadership),
    });
    open = {
      leadership,
      end: async () => {
        serving.beginNothing();
        await home.close();
        serving.close();
      },
    };
  };
  /** @returns whether it was open */
  const end = async (leadership: Leadership): Promise<boolean> => {
    const ending = open;
    if (ending?.leadership !== leadership) return false;
    open = null;
    await ending.end();
    return true;
  };
  /** An erased home is of no use; another one takes its place. // BRW-7 */
  const beginAgain = async (leadership: Leadership, signal: AbortSignal): Promise<void> => {
    await clock.sleep(0); // Whoever erased it is told first.
    if (await end(leadership)) await begin(leadership, signal);
  };
  const handOver = async (leadership: Leadership): Promise<void> => {
    if (!(await end(leadership))) return;
    await clock.sleep(handOverMs, leadership.stolen);
    leadership.release();
    claimAgain();
  };
  const giveUp = async (leadership: Leadership): Promise<void> => {
    if (await end(leadership)) claimAgain();
  };
  return {
    claim,
    leave: async () => {
      isInLine = false;
      waiting.abort();
      const leadership = open?.leadership;
      if (leadership === undefined) return;
      await end(leadership);
      leadership.release();
    },
  };
}

/** A tab ends its own use of the home, not the home. */
function forTabs(home: LedHome, onErased: () => void): LedHome {
  return {
    ...home,
    account: {
      ...home.account,
      signOut: async (options) => {
        await home.account.signOut(options);
        if (options?.erase === true) onErased();
      },
    },
    close: async () => undefined,
  };
}

async function openPatiently(openHome: () => Promise<LedHome>, clock: Clock): Promise<LedHome> {
  const lastTryAt = clock.now() + openWaitMs;
  for (;;) {
    try {
      return await openHome();
    } catch (error) {
      if (!(error instanceof DataansError) || error.code !== 'busy' || clock.now() >= lastTryAt) throw error;
    }
    await clock.sleep(openRetryMs);
  }
}
