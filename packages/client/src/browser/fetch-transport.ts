import type { Transport } from '../platform/transport.ts';

const redirectStatus = 302;

/** The network by way of the platform's `fetch`. */
export function createFetchTransport(fetch: typeof globalThis.fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const response = await fetch(url, {
      method,
      headers,
      // A view of a shared buffer is the only kind that fetch refuses, and nothing here makes one.
      body: body as Uint8Array<ArrayBuffer> | null,
      signal,
      redirect: 'manual',
      cache: 'no-store',
    });
    return {
      status: response.type === 'opaqueredirect' ? redirectStatus : response.status,
      header: (name) => response.headers.get(name),
      body: readStream(response.body),
    };
  };
}

async function* readStream(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (stream === null) return;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
