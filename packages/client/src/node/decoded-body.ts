import type { IncomingMessage } from 'node:http';
import { pipeline, type Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

/**
 * The body of an answer as the server gave it. Every request asks for `identity`; something on the way
 * that compresses all the same is no reason to fail. // SYN-31
 */
export function decodeBody(message: IncomingMessage): AsyncIterable<Uint8Array> {
  const codings = (message.headers['content-encoding'] ?? '').toLowerCase().split(',').toReversed();
  const decoders = codings.map((coding) => createDecoder(coding.trim())).filter((one) => one !== null);
  const last = decoders.at(-1);
  if (last === undefined) return message;
  // A fault of any of them is thrown by whoever reads the last one, and who leaves it ends them all.
  pipeline([message, ...decoders], () => undefined);
  return last;
}

function createDecoder(coding: string): Duplex | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      return null;
  }
}
