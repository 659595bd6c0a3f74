import type { Clock } from '../platform/clock.ts';

export interface IdleWatch {
  /** Something happened: the time starts anew. */
  touch(): void;
  stop(): void;
}

/** Calls `onIdle` once when nothing was touched for `idleMs` (twice that at most). */
export function startIdleWatch(clock: Clock, idleMs: number, onIdle: () => void): IdleWatch {
  const ended = new AbortController();
  let touched = true;
  const watch = async (): Promise<void> => {
    while (touched && !ended.signal.aborted) {
      touched = false;
      await clock.sleep(idleMs, ended.signal);
    }
    if (!ended.signal.aborted) onIdle();
  };
  void watch();
  return {
    touch: () => {
      touched = true;
    },
    stop: () => {
      ended.abort('stopped'); // With a reason of its own, no error has to be made for it.
    },
  };
}
