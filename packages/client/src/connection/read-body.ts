import { concatBytes } from '@dataans/core';
import type { TransportResponse } from '../platform/transport.ts';

/**
 * The whole body; `null` where it is larger than `bytesMax`, of which no more is read then. // SYN-15
 *
 * @param onPiece called for each piece that arrives
 */
export async function readBody(
  response: TransportResponse,
  bytesMax: number,
  onPiece: () => void,
): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body) {
    onPiece();
    length += piece.length;
    if (length > bytesMax) return null;
    pieces.push(piece);
  }
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : concatBytes(...pieces);
}

/** The same into a buffer that the caller owns and can use again: the body is a view of it. */
export async function readBodyInto(
  response: TransportResponse,
  buffer: Uint8Array,
  onPiece: () => void,
): Promise<Uint8Array | null> {
  let length = 0;
  for await (const piece of response.body) {
    onPiece();
    if (length + piece.length > buffer.length) return null;
    buffer.set(piece, length);
    length += piece.length;
  }
  return buffer.subarray(0, length);
}
