import { limits, paths, serverHeader, type ChunkName } from '@dataans/core';
import { errorText } from '../system-error.ts';
import { good, problem, warning, type Finding } from './finding.ts';

/** A server gives the first event at once. */
const firstEventMs = 5_000;
const timeoutMs = 30_000;

/** No bytes have this SHA-256, so that the server never stores what is sent under it. */
// A name of the right shape.
const noChunk = '0'.repeat(64) as ChunkName;

/** A way to a server, and a credential that counts there. */
export interface AskedWay {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
}

/** Whether what stands in front of a server passes on what devices send and wait for. */
export async function askThrough(way: AskedWay): Promise<readonly Finding[]> {
  return [await tryEvents(way), await tryLargestBody(way)];
}

async function tryEvents({ url, headers, fetch: ask }: AskedWay): Promise<Finding> {
  const signal = AbortSignal.timeout(firstEventMs);
  try {
    const answer = await ask(new URL(paths.events, url), { headers, signal, redirect: 'manual' });
    const reader = answer.body?.getReader();
    if (!answer.ok || !answer.headers.has(serverHeader)) {
      await reader?.cancel();
      return problem(
        'events',
        `The event stream is answered with status ${answer.status}. Check that the way to the server passes ${paths.events} on.`,
      );
    }
    await reader?.read();
    await reader?.cancel();
    return good('events', 'Events arrive at once.');
  } catch (error) {
    return signal.aborted
      ? problem(
          'events',
          `No event arrived within ${firstEventMs / 1_000} seconds: something between here and the server holds the stream back, and devices hear of changes late. Switch buffering off for ${paths.events} (nginx: proxy_buffering off).`,
        )
      : problem(
          'events',
          `The event stream broke off (${errorText(error)}). Check what stands in front of the server.`,
        );
  }
}

/** The largest request there is, with bytes that the server refuses. */
async function tryLargestBody({ url, headers, fetch: ask }: AskedWay): Promise<Finding> {
  try {
    const answer = await ask(new URL(paths.chunk(noChunk), url), {
      method: 'PUT',
      headers,
      body: new Uint8Array(limits.chunkBytesMax),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    if (answer.headers.has(serverHeader)) return good('size', 'The largest request goes through.');
    return answer.status === 413
      ? problem(
          'size',
          `Something in front of the server takes no request of ${limits.chunkBytesMax} bytes, so that files can't be sent. Raise its limit to 2 MB (nginx: client_max_body_size 2m).`,
        )
      : warning(
          'size',
          `A large request is answered with status ${answer.status}, and not by the server. Check what stands in front of it.`,
        );
  } catch (error) {
    return problem(
      'size',
      `A large request broke off (${errorText(error)}). Check the limits of what stands in front of the server.`,
    );
  }
}
