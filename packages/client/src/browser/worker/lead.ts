import { claimLeadership, type Leadership } from './claim-leadership.ts';
import { createTerms, type TermsDependencies } from './terms.ts';

export interface Leading {
  /** Gets in line. */
  claim(steal: boolean): void;
  /** Lets go of the home, and is in line no more. */
  leave(): Promise<void>;
}

/** How long the lock is kept for the tab that asked for it, once the home is closed. */
const handOverMs = 2_000;

/** Has the home open whenever it is this worker's turn, and serves all tabs then. // BRW-2 */
export function createLeading(dependencies: TermsDependencies): Leading {
  const { name, locks, clock, page } = dependencies;
  let isInLine = false;
  let waiting = new AbortController();

  const claim = (steal: boolean): void => {
    isInLine = true;
    if (terms.open() !== null) return;
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
    await terms.begin(leadership, signal);
  };
  const handOver = async (leadership: Leadership): Promise<void> => {
    if (!(await terms.end(leadership))) return;
    await clock.sleep(handOverMs, leadership.stolen);
    leadership.release();
    claimAgain();
  };
  const giveUp = async (leadership: Leadership): Promise<void> => {
    if (await terms.end(leadership)) claimAgain();
  };
  const terms = createTerms(dependencies, { handOver, claimAgain });

  return {
    claim,
    leave: async () => {
      isInLine = false;
      waiting.abort();
      const leadership = terms.open();
      if (leadership === null) return;
      await terms.end(leadership);
      leadership.release();
    },
  };
}
