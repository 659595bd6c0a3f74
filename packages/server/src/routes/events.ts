import { paths, type LogId } from '@dataans/core';
import type { Clock } from '../clock.ts';
import type { EndSignal } from '../end-signal.ts';
import type { HeadFeed } from '../log/head-feed.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { Refusal } from '../problems/refusal.ts';
import { streamHeadEvents } from './head-events.ts';
import type { Call, Route } from './route.ts';

export interface EventsDependencies {
  readonly accounts: Accounts;
  readonly heads: HeadFeed;
  readonly clock: Clock;
  readonly stopping: EndSignal;
  /** Whether the caller would still be let in now. Never rejects. */
  readonly isStillAllowed: (call: Call) => Promise<boolean>;
  readonly streams: StreamCount;
}

export interface StreamCount {
  opened(): void;
  closed(): void;
}

/** How many streams may be open at once, for each account and in all. // SRV-15, SRV-114 */
export interface StreamBounds {
  readonly perAccount: number;
  readonly inAll: number;
}

/** More than any person's devices need, and few enough to hold. */
export const eventStreamsMax = 256;

const boundsOfOne: StreamBounds = { perAccount: eventStreamsMax, inAll: eventStreamsMax };
/** One takes some 44 kB. */
const boundsOfMany: StreamBounds = { perAccount: 32, inAll: 10_000 };

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** Live news of the log. */
export function eventsRoutes(dependencies: EventsDependencies): readonly Route[] {
  const { accounts, isStillAllowed, streams, ...rest } = dependencies;
  const bounds = accounts.areMany ? boundsOfMany : boundsOfOne;
  const open = createOpenStreams(bounds);
  return [
    {
      method: 'GET',
      path: paths.events,
      access: 'identified',
      handle: async (call, identity) => {
        if (call.req.raw.method === 'HEAD') return new Response(null, { headers });
        const { log } = await accounts.of(identity);
        const close = open.take(log.id);
        streams.opened();
        const stream = streamHeadEvents({
          ...rest,
          log,
          expires: identity.expires,
          gone: call.req.raw.signal,
          isStillAllowed: () => isStillAllowed(call),
          onEnd: () => {
            close();
            streams.closed();
          },
        });
        return new Response(stream, { headers });
      },
    },
  ];
}

interface OpenStreams {
  /** Counts one more, until what it returns is called. Throws a `Refusal` if there are too many. */
  take(log: LogId): () => void;
}

function createOpenStreams({ perAccount, inAll }: StreamBounds): OpenStreams {
  const countByLog = new Map<LogId, number>();
  let all = 0;
  return {
    take: (log) => {
      const count = countByLog.get(log) ?? 0;
      if (count === perAccount) throw tooMany(`${perAccount} event streams open`);
      if (all === inAll) throw tooMany('as many event streams open as it can hold');
      countByLog.set(log, count + 1);
      all += 1;
      return () => {
        const left = (countByLog.get(log) ?? 1) - 1;
        if (left === 0) countByLog.delete(log);
        else countByLog.set(log, left);
        all -= 1;
      };
    },
  };
}

function tooMany(what: string): Refusal {
  return new Refusal(
    'too-many-requests',
    `The server already has ${what}, which is the limit. Close some, or try again later.`,
  );
}
