import type { LogId } from '@dataans/core';
import type { Clock } from '../../clock.ts';
import { createHeadFeed, type HeadFeed } from '../../log/head-feed.ts';
import type { LogHead } from '../../log/log-store.ts';
import type { Query } from './database.ts';
import { createHeadNews } from './tell-heads.ts';
import { listenForHeads } from './listen-for-heads.ts';
import { bytesOf, numberOf, textOf } from './row.ts';

/** How often heads are looked at that somebody waits for: news of them can be lost, and some databases have none. */
const pollMs = 2_000;
const pollWithNewsMs = 20_000;

export interface PostgresHeads extends HeadFeed {
  /** A head that this process moved: for who listens here, and at other processes. */
  tell(head: LogHead): void;
  close(): Promise<void>;
}

export interface PostgresHeadsOptions {
  readonly query: Query;
  /** Where to listen for news; `null`: nowhere. */
  readonly listenAddress: string | null;
  readonly clock: Clock;
  readonly onLost: (error: Error) => void;
}

/** Heads as the database has them. News only say to look now: with or without them it is the same look. */
export function createPostgresHeads({
  query,
  listenAddress,
  clock,
  onLost,
}: PostgresHeadsOptions): PostgresHeads {
  const feed = createHeadFeed();
  const watchers = new Map<LogId, number>();
  let isClosed = false;
  let cancel = () => {};
  const news = createHeadNews(query);

  const look = async (logs: readonly LogId[]): Promise<void> => {
    const watched = logs.filter((log) => watchers.has(log));
    if (watched.length === 0 || isClosed) return;
    const { rows } = await query('SELECT log, seq, chain FROM logs WHERE log = ANY($1::uuid[])', [watched]);
    // A log id, as we gave it.
    for (const row of rows)
      feed.notify({
        log: textOf(row, 'log') as LogId,
        seq: numberOf(row, 'seq'),
        chain: bytesOf(row, 'chain'),
      });
  };
  // What a look misses the next one finds.
  const tryLooking = (logs: readonly LogId[]): Promise<void> => look(logs).catch(() => undefined);
  const poll = (): void => {
    cancel();
    cancel = clock.after(listenAddress === null ? pollMs : pollWithNewsMs, async () => {
      await tryLooking([...watchers.keys()]);
      if (!isClosed && watchers.size > 0) poll();
    });
  };
  const stopListening =
    listenAddress === null
      ? null
      : listenForHeads({
          address: listenAddress,
          clock,
          onNews: (log) => void tryLooking(log === null ? [...watchers.keys()] : [log]),
          onLost,
        });
  return {
    subscribe: (log, listener) => {
      const stop = feed.subscribe(log, listener);
      watchers.set(log, (watchers.get(log) ?? 0) + 1);
      if (watchers.size === 1 && watchers.get(log) === 1) poll();
      return () => {
        stop();
        const left = (watchers.get(log) ?? 0) - 1;
        if (left > 0) watchers.set(log, left);
        else watchers.delete(log);
        if (watchers.size === 0) cancel();
      };
    },
    tell: (head) => {
      feed.notify(head);
      if (listenAddress !== null && !isClosed) news.tell(head.log);
    },
    close: async () => {
      isClosed = true;
      cancel();
      await news.told();
      await stopListening?.();
    },
  };
}
