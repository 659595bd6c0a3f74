import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ChunkName } from '@dataans/core';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import { sha256 } from '../hash.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { envelopeFrames } from './frames.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A data folder and a backup folder that is not there yet. */
export async function foldersFor(
  t: TestContext,
): Promise<{ readonly data: string; readonly backup: string }> {
  const folder = await temporaryFolder(t);
  return { data: join(folder, 'data'), backup: join(folder, 'backup') };
}

/** Appends operations and chunks of random bytes to a data folder; returns the names of the chunks. */
export async function fillDataFolder(
  root: string,
  { operations, chunkBytes }: { readonly operations: number; readonly chunkBytes: readonly number[] },
): Promise<readonly ChunkName[]> {
  const folder = await openDataFolder(root);
  try {
    const bodies = chunkBytes.map((bytes) => randomBytes(bytes));
    for (const body of bodies) await folder.chunks.put(nameOf(body), piecesOf(body, 65_536));
    await folder.log.append(envelopeFrames(randomBytes(8).toString('hex'), operations));
    await folder.tokens.add({ hash: sha256(randomBytes(8)), name: 'phone', created: 0, expires: null });
    return bodies.map((body) => nameOf(body));
  } finally {
    await folder.close();
  }
}
