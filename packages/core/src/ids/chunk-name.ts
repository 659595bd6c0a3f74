import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import type { Branded } from './brand.ts';

/** SHA-256 of a sealed chunk, 64 lower-case hexadecimal digits. */
export type ChunkName = Branded<string, 'ChunkName'>;

const chunkNameBytes = 32;
const chunkNameShape = /^[0-9a-f]{64}$/;

export function isChunkName(value: unknown): value is ChunkName {
  return typeof value === 'string' && chunkNameShape.test(value);
}

/** `null` where the text is not 64 lower-case hexadecimal digits: no path can hide in a name. */
export function parseChunkName(text: string): ChunkName | null {
  return isChunkName(text) ? text : null;
}

/** The name of the chunk whose sealed bytes have this SHA-256 (32 bytes). */
export function hashToChunkName(hash: Uint8Array): ChunkName {
  // A hash of 32 bytes always has this form.
  return bytesToHex(hash) as ChunkName;
}

export function chunkNameToHash(name: ChunkName): Uint8Array {
  const hash = hexToBytes(name);
  if (hash === null) throw new TypeError(`Not a chunk name: ${name}`);
  return hash;
}

/** The list of a file's chunks as its operation holds it: the hashes one after another in base64url. // CHK-5 */
export function packChunkNames(names: readonly ChunkName[]): string {
  return bytesToBase64url(concatBytes(...names.map(chunkNameToHash)));
}

/** `null` where the text is not a whole number of hashes in base64url. */
export function unpackChunkNames(packed: string): readonly ChunkName[] | null {
  const hashes = base64urlToBytes(packed);
  if (hashes === null || hashes.length % chunkNameBytes !== 0) return null;
  return Array.from({ length: hashes.length / chunkNameBytes }, (_, index) =>
    hashToChunkName(hashes.subarray(index * chunkNameBytes, (index + 1) * chunkNameBytes)),
  );
}
