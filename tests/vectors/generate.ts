// Writes docs/spec/vectors: `node tests/vectors/generate.ts`. What a file holds depends on nothing but this code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Primitives } from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { makeAccount, makeKeyring, keyDerivation } from './make/keys.ts';
import { makeChain, makeFrames } from './make/log.ts';
import { makeMerge } from './make/merge.ts';
import { makeClock, makeOperations } from './make/operations.ts';
import { makeChunkNames, makeChunks, makeEnvelopes, makePadding } from './make/sealing.ts';
import type { Vectors } from './shapes.ts';

export const vectorFolder = join(import.meta.dirname, '../../docs/spec/vectors');

/** The text of each file by its name. */
export async function makeVectorFiles(primitives: Primitives): Promise<ReadonlyMap<string, string>> {
  const vectors: Vectors = {
    'key-derivation': keyDerivation,
    keyring: makeKeyring(primitives),
    account: await makeAccount(primitives),
    envelope: await makeEnvelopes(primitives),
    chunk: await makeChunks(primitives),
    'chunk-names': makeChunkNames(),
    padding: makePadding(),
    operation: makeOperations(),
    clock: makeClock(),
    merge: makeMerge(),
    frames: makeFrames(),
    chain: makeChain(primitives),
  };
  return new Map(
    Object.entries(vectors).map(([name, file]) => [
      `${name}.json`,
      `${escapeBeyondAscii(JSON.stringify(file, null, 2))}\n`,
    ]),
  );
}

/** So that no editor can put a text into another normal form. */
function escapeBeyondAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

if (import.meta.main) {
  mkdirSync(vectorFolder, { recursive: true });
  for (const [name, text] of await makeVectorFiles(createNodePrimitives()))
    writeFileSync(join(vectorFolder, name), text);
}
