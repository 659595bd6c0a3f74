import { parseChunkName, type ChunkName } from '@dataans/core';
import type { StoredChunk } from '../../chunks/chunk-store.ts';
import type { AskBucket } from './ask-bucket.ts';

const pageObjectsMax = 1_000;

/** Up to `limit` chunks whose objects lie in a folder, in the order of names. Objects that are not named as chunks are none. */
export async function listObjects(
  ask: AskBucket,
  folder: string,
  after: ChunkName | null,
  limit: number,
): Promise<readonly StoredChunk[]> {
  const found: StoredChunk[] = [];
  let startAfter = folder + (after ?? '');
  for (;;) {
    const query = {
      'list-type': '2',
      prefix: folder,
      'start-after': startAfter,
      'max-keys': String(Math.min(pageObjectsMax, limit - found.length)),
    };
    const page = parseListing(await (await ask({ method: 'GET', key: '', query })).text());
    for (const { key, size } of page.objects) {
      const name = parseChunkName(key.slice(folder.length));
      if (name !== null) found.push({ name, size });
    }
    const last = page.objects.at(-1);
    if (!page.isTruncated || last === undefined || found.length >= limit) return found;
    startAfter = last.key;
  }
}

interface Listing {
  readonly objects: readonly { readonly key: string; readonly size: number }[];
  readonly isTruncated: boolean;
}

/** The answer to ListObjectsV2. Our keys have no character that XML writes in another way. */
function parseListing(xml: string): Listing {
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, content = '']) => ({
    key: /<Key>(.*?)<\/Key>/s.exec(content)?.[1] ?? '',
    size: Number(/<Size>(\d+)<\/Size>/.exec(content)?.[1] ?? 0),
  }));
  return { objects, isTruncated: /<IsTruncated>true<\/IsTruncated>/.test(xml) };
}
