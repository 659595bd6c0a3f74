import { bytesToJson, concatBytes } from '@dataans/core';
import type { Clock } from '../../clock.ts';

const timeoutMs = 5_000;

/** Key sets take a few kilobytes. */
const bytesMax = 256 * 1024;

export interface Network {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** A JSON document of a few kilobytes. Throws an `Error` with a sentence for the log where there is none. */
export async function fetchJson({ fetch, clock }: Network, url: string): Promise<unknown> {
  const giveUp = new AbortController();
  const stopWaiting = clock.after(timeoutMs, () =>
    giveUp.abort(new Error(`${url} did not answer in ${timeoutMs / 1_000} seconds.`)),
  );
  try {
    // An answer from elsewhere is not the word of whom we asked.
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: giveUp.signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status}.`);
    }
    const value = bytesToJson(await readBounded(response, url));
    if (value === undefined) throw new Error(`${url} answered something that is not JSON.`);
    return value;
  } finally {
    stopWaiting();
  }
}

async function readBounded(response: Response, url: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let received = 0;
  for await (const piece of response.body ?? []) {
    received += piece.length;
    if (received > bytesMax) throw new Error(`${url} answered more than ${bytesMax} bytes.`);
    pieces.push(piece);
  }
  return concatBytes(...pieces);
}
