import { createHash } from 'node:crypto';

/** The same bytes for the same seed, for ever: SHA-256 over the seed and a count. */
export function seededBytes(seed: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let block = 0; block * 32 < length; block += 1)
    blocks.push(createHash('sha256').update(`dataans vectors/${seed}/${block}`).digest());
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

/** The bytes with one of them changed; negative places count from the end. */
export function withByte(bytes: Uint8Array, place: number, change: (byte: number) => number): Uint8Array {
  const index = place < 0 ? bytes.length + place : place;
  return bytes.with(index, change(bytes[index] ?? 0));
}

export const flipBit = (byte: number): number => byte ^ 1;
