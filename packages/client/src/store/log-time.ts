import type { ArrivalRows } from './arrival-rows.ts';
import type { FollowedLog } from './followed-log.ts';

/**
 * Follows the stamps of a page in the order of the log. One that is later than all before it, and not ahead, tells of
 * entries before it that they were there by then. // HIS-15
 */
export interface LogTime {
  pass(atMs: number): void;
  /** @param isLast no other page comes behind this one for now */
  end(isLast: boolean): void;
}

export interface LogTimeRows {
  readonly followed: Pick<FollowedLog, 'latest' | 'moveLatest'>;
  readonly arrivals: Pick<ArrivalRows, 'passTime' | 'endWaiting'>;
}

/** @param byMs what is stamped later is ahead */
export function createLogTime({ followed, arrivals }: LogTimeRows, byMs: number): LogTime {
  const before = followed.latest();
  let latest = before;
  return {
    pass: (atMs) => {
      if (atMs <= latest || atMs > byMs) return;
      latest = atMs;
      arrivals.passTime(atMs);
    },
    end: (isLast) => {
      if (latest > before) followed.moveLatest(latest);
      if (isLast) arrivals.endWaiting();
    },
  };
}
