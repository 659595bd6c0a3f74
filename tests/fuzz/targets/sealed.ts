import assert from 'node:assert/strict';
import {
  createKeyring,
  openChunk,
  openEnvelopes,
  padPiece,
  sealChunks,
  sealEnvelopes,
  unlockKeyring,
} from '@dataans/core';
import { createNodePrimitives } from '../../../packages/client/src/node/primitives.ts';
import { padContent, padmeSize, unpadContent } from '../../../packages/core/src/sealing/padding.ts';
import { varyBytes } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const padded = [0, 1, 5, 100, 1_000].map((bytes) => padContent(new Uint8Array(bytes).fill(3)));
const refusals: ReadonlySet<string> = new Set([
  'malformed',
  'unknown-version',
  'unknown-key',
  'not-authentic',
]);

/** What a device opens: only what was sealed under its keys comes out of it. */
export async function createSealedTargets(): Promise<readonly Target[]> {
  const primitives = createNodePrimitives();
  const keyring = await unlockKeyring(primitives, createKeyring(primitives));
  const id = new Uint8Array(16).fill(7);
  const contents = [10, 500].map((bytes) => new Uint8Array(bytes).fill(9));
  const operations = contents.map((encoded) => ({ id, encoded }));
  const envelopes = await sealEnvelopes(primitives, keyring.current, operations);
  const pieces = contents.map((content) => padPiece(content, padmeSize(content.length)));
  const chunks = (await sealChunks(primitives, keyring.current, pieces)).map(({ sealed }) => sealed);
  const isOurs = (opened: Uint8Array): boolean =>
    contents.some((content) => Buffer.compare(content, opened) === 0);
  return [
    {
      name: 'envelope',
      make: (chance) => varyBytes(envelopes, chance),
      read: async (envelope) => {
        const [opened] = await openEnvelopes(primitives, keyring, [{ id, envelope }]);
        assert.ok(opened !== undefined);
        if (opened.ok) assert.ok(isOurs(opened.encoded));
        else assert.ok(refusals.has(opened.code));
      },
    },
    {
      name: 'chunk',
      make: (chance) => varyBytes(chunks, chance),
      read: async (sealed) => {
        const opened = await openChunk(primitives, keyring, sealed, { fileBytes: 500, index: 0 });
        if (opened.ok) assert.ok(isOurs(opened.piece));
        else assert.ok(refusals.has(opened.code));
      },
    },
    {
      name: 'padding',
      make: (chance) => varyBytes(padded, chance),
      read: (bytes) => {
        const content = unpadContent(bytes);
        if (content !== null) assert.deepEqual(padContent(content), bytes);
      },
    },
  ];
}
