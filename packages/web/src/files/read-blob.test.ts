import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import { readBlob } from './read-blob.ts';

test('a large file is read in pieces, and is whole', async () => {
  const content = new Uint8Array(9_000_000).map((_, at) => at % 251);
  const lengths: number[] = [];
  const files = {
    read: async (_: EntityId, range?: { readonly from: number; readonly to: number }) => {
      const piece = content.slice(range?.from, range?.to);
      lengths.push(piece.length);
      return piece;
    },
  };
  const home = { files } as unknown as Parameters<typeof readBlob>[0];
  const blob = await readBlob(home, { id: 'x' as EntityId, bytes: content.length }, 'image/png');
  assert.deepEqual(lengths, [4_194_304, 4_194_304, 611_392]);
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), content);
});
