import { paths } from '@dataans/core';
import type { Clock } from '../clock.ts';
import type { HeadFeed } from '../log/head-feed.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { Refusal } from '../problems/refusal.ts';
import { streamHeadEvents } from './head-events.ts';
import type { Call, Route } from './route.ts';

export interface EventsDependencies {
  readonly accounts: Accounts;
  readonly heads: HeadFeed;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
  /** Whether the caller would still be let in now. Never rejects. */
  readonly isStillAllowed: (call: Call) => Promise<boolean>;
  readonly streams: StreamCount;
}

export interface StreamCount {
  opened(): void;
  closed(): void;
}

/** Most streams at once: more than any person's devices need, and few enough to hold. */
export const eventStreamsMax = 256;

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** Live news of the log. */
export function eventsRoutes(dependencies: EventsDependencies): readonly Route[] {
  const { accounts, isStillAllowed, streams, ...rest } = dependencies;
  let open = 0;
  return [
    {
      method: 'GET',
      path: paths.events,
      access: 'identified',
      handle: async (call, identity) => {
        if (call.req.raw.method === 'HEAD') return new Response(null, { headers });
        // SRV-15
        if (open === eventStreamsMax)
          throw new Refusal(
            'too-many-requests',
            `The server already has ${eventStreamsMax} event streams open, which is the limit. Close some, or try again later.`,
          );
        const { log } = await accounts.of(identity);
        open += 1;
        streams.opened();
        const stream = streamHeadEvents({
          ...rest,
          log,
          expires: identity.expires,
          isStillAllowed: () => isStillAllowed(call),
          onEnd: () => {
            open -= 1;
            streams.closed();
          },
        });
        return new Response(stream, { headers });
      },
    },
  ];
}
