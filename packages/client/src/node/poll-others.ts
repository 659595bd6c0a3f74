import type { Clock } from '../platform/clock.ts';
import type { FollowOthers } from '../platform/follow-others.ts';

const pollMs = 100;

/** Nothing tells a process that another one has written to its files. */
export function pollOthers(clock: Pick<Clock, 'sleep'>): FollowOthers {
  return async (look, signal) => {
    for (;;) {
      await clock.sleep(pollMs, signal);
      if (signal.aborted) return; // The store may be closed by now.
      look();
    }
  };
}
