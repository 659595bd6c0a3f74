import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { protocolVersions, type Primitives } from '@dataans/core';
import { createWebPrimitives } from '../../packages/client/src/browser/web-primitives.ts';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { makeVectorFiles, vectorFolder } from './generate.ts';
import { runVectors } from './run-vectors.ts';

/** A line for each version of the formats and the protocol. */
const hashByVersion: Readonly<Record<number, string>> = {
  1: '3c23ba80214e5137fdc62912b7db8ded16f219ccd75026d860b1feb9875797a5',
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

test('[VER-2] a vector that changes is another version', () => {
  const hash = createHash('sha256');
  for (const name of committed) hash.update(`${name}\n`).update(readFileSync(join(vectorFolder, name)));
  assert.equal(hash.digest('hex'), hashByVersion[protocolVersions.max]);
});
