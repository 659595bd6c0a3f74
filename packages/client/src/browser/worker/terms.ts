import { DataansError } from '@dataans/core';
import type { Clock } from '../../platform/clock.ts';
import { carryError } from '../../remote/carried-error.ts';
import type { Post } from '../tabs/post.ts';
import type { OwnPageMessage, OwnWorkerMessage } from '../tabs/tab-messages.ts';
import type { Leadership } from './claim-leadership.ts';
import { serveTabs, type TabsDependencies } from './serve-tabs.ts';

/** What this needs of a home. */
export interface LedHome {
  readonly account: { signOut(options?: { readonly erase?: boolean }): Promise<void> };
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface TermsDependencies extends TabsDependencies {
  readonly worker: string;
  readonly version: number;
  readonly clock: Clock;
  /** Only for who leads. */
  readonly openHome: () => Promise<LedHome>;
  /** The page of this worker. */
  readonly page: Post<OwnPageMessage, OwnWorkerMessage>;
}

/** What becomes of a leadership whose term is over. */
export interface TermsEnd {
  /** Another tab wants to lead. */
  readonly handOver: (leadership: Leadership) => Promise<void>;
  /** It was taken while the home was being opened. */
  readonly claimAgain: () => void;
}

/** The times in which this worker has the home open, one after the other. */
export interface Terms {
  /** Opens the home and serves it, unless the signal aborts meanwhile or another worker takes its turn. */
  begin(leadership: Leadership, signal: AbortSignal): Promise<void>;
  /**
   * Closes the home, and says so; the lock stays.
   *
   * @returns whether it was open under this leadership
   */
  end(leadership: Leadership): Promise<boolean>;
  /** The leadership under which the home is open. */
  open(): Leadership | null;
}

/** Files of one that led can stay locked for a while after its lock is free. */
const openWaitMs = 5_000;
const openRetryMs = 100;

/** What the page shows first is read before the sync begins. */
const firstAnswersMs = 150;

interface OpenTerm {
  readonly leadership: Leadership;
  readonly end: () => Promise<void>;
}

export function createTerms(dependencies: TermsDependencies, { handOver, claimAgain }: TermsEnd): Terms {
  const { clock, page, worker, version, openHome } = dependencies;
  let open: OpenTerm | null = null;
  let terms = 0;

  const begin = async (leadership: Leadership, signal: AbortSignal): Promise<void> => {
    try {
      const home = await openPatiently(openHome, clock);
      if (signal.aborted || leadership.stolen.aborted) {
        await home.close();
        leadership.release();
        if (leadership.stolen.aborted) claimAgain();
      } else {
        serve(home, leadership, signal);
        await clock.sleep(firstAnswersMs);
        if (open?.leadership === leadership) await home.start();
      }
    } catch (error) {
      await end(leadership).finally(() => leadership.release());
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
  return { begin, end, open: () => open?.leadership ?? null };
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
