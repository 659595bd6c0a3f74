import type { Clock } from '../platform/clock.ts';

/** Tells the one that waits that there may be something to do. Several signals before it looks are one. */
export interface Wake {
  signal(): void;
  /** Resolves at the next signal, at once when there was one since the last wait, after `ms`, or when aborted. */
  wait(ms: number, aborted: AbortSignal): Promise<void>;
}

export function createWake(clock: Clock): Wake {
  let signalled = false;
  let endWait: () => void = () => undefined;
  return {
    signal: () => {
      signalled = true;
      endWait();
    },
    wait: async (ms, aborted) => {
      if (!signalled) {
        const woken = new AbortController();
        endWait = () => {
          woken.abort();
        };
        await clock.sleep(ms, AbortSignal.any([aborted, woken.signal]));
        endWait = () => undefined;
      }
      signalled = false;
    },
  };
}
