import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { bytesToHex } from '@dataans/core';
import { readSpan } from './read-span.ts';

/** What a file holds. It has reached the disk when this returns. */
export async function syncAndHashFile(
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const bytes = await syncFile(path);
  const hash = createHash('sha256');
  for await (const piece of readSpan(await open(path), { start: 0, end: bytes })) hash.update(piece);
  return { bytes, sha256: bytesToHex(hash.digest()) };
}

async function syncFile(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
