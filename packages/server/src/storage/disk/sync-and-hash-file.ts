import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { bytesToHex } from '@dataans/core';

/** What a file holds. It has reached the disk when this returns. */
export async function syncAndHashFile(
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of file.createReadStream({ autoClose: false })) {
      hash.update(piece);
      bytes += piece.length;
    }
    return { bytes, sha256: bytesToHex(hash.digest()) };
  } finally {
    await file.close();
  }
}
