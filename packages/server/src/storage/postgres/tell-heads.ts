import type { LogId } from '@dataans/core';
import type { Query } from './database.ts';
import { headChannel } from './listen-for-heads.ts';

export interface HeadNews {
  /** Tells other processes to look at the head of a log, some time soon. */
  tell(log: LogId): void;
  /** Resolves when nothing is being told. */
  told(): Promise<void>;
}

/**
 * Tells after the append, and never within it: there it would take a lock of the whole server until the commit is on disk. One call at
 * a time, so that what moves meanwhile is one notice more and not one for each append. A notice that is lost is no harm.
 */
export function createHeadNews(query: Query): HeadNews {
  const untold = new Set<LogId>();
  let telling: Promise<void> | null = null;
  const tellAll = async (): Promise<void> => {
    for (const log of untold) {
      untold.delete(log);
      await query('SELECT pg_notify($1, $2)', [headChannel, log]).catch(() => undefined);
    }
    telling = null;
  };
  return {
    tell: (log) => {
      untold.add(log);
      telling ??= tellAll();
    },
    told: async () => {
      await telling;
    },
  };
}
