import { createCipheriv } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const pieceBytes = 4 * 1024 * 1024;

/** The same bytes for the same seed, and no two pieces alike: a keystream of AES-CTR. */
export function pseudoRandomBytes(seed: number, bytes: number): Buffer {
  return keystream(seed).update(Buffer.alloc(bytes));
}

/** A file of such bytes, of any size. */
export async function writePseudoRandomFile(path: string, seed: number, bytes: number): Promise<void> {
  const cipher = keystream(seed);
  const zeros = Buffer.alloc(pieceBytes);
  const pieces = function* () {
    for (let left = bytes; left > 0; left -= pieceBytes)
      yield cipher.update(zeros.subarray(0, Math.min(left, pieceBytes)));
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path));
}

function keystream(seed: number) {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
}
