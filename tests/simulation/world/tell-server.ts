import type { TransportRequest } from '@dataans/client';
import { inProcess } from '@dataans/server';
import type { Chance } from '../../world/chance.ts';
import type { RunningServer } from './server-host.ts';
import type { World } from './world.ts';

/** An answer as it leaves the server. */
export interface WireAnswer {
  readonly status: number;
  header(name: string): string | null;
  body(): AsyncIterable<Uint8Array>;
  /** Nobody reads on. */
  leave(): void;
}

/**
 * Gives a request to the server, its body in pieces. Never resolves where the server ends before.
 *
 * @param cutAt how much of the body arrives before the connection breaks, from 0 to 1; `null` for all
 */
export async function tellServer(
  { scheduler }: World,
  server: RunningServer,
  request: TransportRequest,
  cutAt: number | null,
  chance: Chance,
): Promise<WireAnswer> {
  const { body } = request;
  const pieces = async function* pieces(): AsyncGenerator<Uint8Array> {
    if (body === null) return;
    const end = cutAt === null ? body.length : Math.floor(body.length * cutAt);
    const middle = chance.happens(0.3) ? chance.below(end + 1) : end;
    await scheduler.pause(chance.between(0, 5), server.life);
    yield body.subarray(0, middle);
    if (middle < end) {
      await scheduler.pause(chance.between(0, 50), server.life);
      yield body.subarray(middle, end);
    }
    if (cutAt !== null) throw new Error('The connection broke.');
  };
  const { method, headers } = request;
  const sized = body === null ? headers : { ...headers, 'content-length': String(body.length) };
  const response = await server.app.fetch(new Request(request.url, { method, headers: sized }), {
    ...inProcess,
    body: pieces(),
  });
  const reader = response.body?.getReader() ?? null;
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    body: async function* read() {
      for (;;) {
        const part = await reader?.read();
        if (part === undefined || part.done) return;
        yield part.value;
      }
    },
    leave: () => void reader?.cancel().catch(() => undefined),
  };
}
