import { paths } from '@dataans/core';
import type { Clock } from '../clock.ts';
import type { LogStore } from '../log/log-store.ts';
import { streamHeadEvents } from './head-events.ts';
import type { Call, Route } from './route.ts';

export interface EventsDependencies {
  readonly log: LogStore;
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

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** Live news of the log. */
export function eventsRoutes(dependencies: EventsDependencies): readonly Route[] {
  const { isStillAllowed, streams, ...rest } = dependencies;
  return [
    {
      method: 'GET',
      path: paths.events,
      access: 'identified',
      handle: (call) => {
        if (call.req.raw.method === 'HEAD') return new Response(null, { headers });
        streams.opened();
        const stream = streamHeadEvents({
          ...rest,
          expires: call.get('identity').expires,
          isStillAllowed: () => isStillAllowed(call),
          onEnd: streams.closed,
        });
        return new Response(stream, { headers });
      },
    },
  ];
}
