import { DataansError } from '@dataans/core';
import type { InputStream } from '../surroundings.ts';

/** What is read, and what a person does if it cannot be taken. */
export interface InputLimit {
  readonly bytesMax: number;
  /** As in “A note takes at most 5 bytes”. */
  readonly taker: string;
  readonly advice: string;
}

/**
 * Everything that is piped in, as text byte for byte: a byte order mark stays.
 *
 * @throws DataansError `too-large`, or `invalid` where it is not UTF-8
 */
export async function readInput(
  stream: InputStream,
  { bytesMax, taker, advice }: InputLimit,
): Promise<string> {
  const bytes = await readBytes(stream, bytesMax);
  if (bytes === null) {
    const sentence = `The piped input is too large. ${taker} takes at most ${bytesMax.toLocaleString('en')} bytes.`;
    throw new DataansError('too-large', sentence, { advice });
  }
  return decodeText(bytes, 'The piped input', advice);
}

/** Everything that is piped in; `null` if it is more than that. */
export async function readBytes(stream: InputStream, bytesMax: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Without an encoding a stream gives bytes.
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > bytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** @throws DataansError `invalid` where the bytes are not UTF-8. */
export function decodeText(bytes: Uint8Array, what: string, advice: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DataansError('invalid', `${what} isn't UTF-8 text.`, { advice });
  }
}
