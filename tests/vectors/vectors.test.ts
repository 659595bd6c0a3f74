import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Primitives } from '@dataans/core';
import { createWebPrimitives } from '../../packages/client/src/browser/web-primitives.ts';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { makeVectorFiles, vectorFolder } from './generate.ts';
import { runVectors } from './run-vectors.ts';

/** SHA-256 of each file of version 1, its first 16 digits. */
const hashByFile: Readonly<Record<string, string>> = {
  'account.json': 'e069765be8f1220d',
  'chain.json': '7b3ec427f157976e',
  'chunk-names.json': '64249caa22f38f9c',
  'chunk.json': 'a5de684accc7371d',
  'clock.json': 'a56606b5366e5ac9',
  'envelope.json': '00ac63b7483943d5',
  'frames.json': 'd20b7e8cb8dc13b6',
  'key-derivation.json': '58db50fa560bf370',
  'keyring.json': '6dbbee7086bad580',
  'merge.json': '02267d86f4350906',
  'operation.json': '978f29ce96669b85',
  'padding.json': 'f139339db263224a',
};

const committed = readdirSync(vectorFolder)
  .filter((name) => name.endsWith('.json'))
  .toSorted();

const implementations: readonly [name: string, primitives: Primitives][] = [
  ['node:crypto', createNodePrimitives()],
  ['WebCrypto', createWebPrimitives(globalThis.crypto)],
];

for (const [name, primitives] of implementations) {
  test(`[VER-1] every vector holds with ${name}`, async () => {
    const results = await runVectors(primitives);
    assert.ok(results.length > 150);
    assert.deepEqual(
      results.filter(({ failure }) => failure !== null),
      [],
    );
  });
}

test('[VER-1] the vectors are what their program writes', async () => {
  const files = await makeVectorFiles(createNodePrimitives());
  assert.deepEqual([...files.keys()].toSorted(), committed);
  for (const [name, text] of files) assert.equal(readFileSync(join(vectorFolder, name), 'utf8'), text, name);
});

test('[VER-2] no vector changes unnoticed', () => {
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(vectorFolder, name)))
      .digest('hex')
      .slice(0, 16);
  assert.deepEqual(Object.fromEntries(committed.map((name) => [name, hashOf(name)])), hashByFile);
});
