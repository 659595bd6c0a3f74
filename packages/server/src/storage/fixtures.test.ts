import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bytesToHex, bytesToUtf8, encodeFrames, equalBytes } from '@dataans/core';
import type { StoredToken } from '../stores/token-store.ts';
import { nameOf } from '../chunks/chunk-store.contract.ts';
import { checkChunks } from '../check/check-chunks.ts';
import { checkLog } from '../check/check-log.ts';
import { sha256 } from '../hash.ts';
import { afterTest } from '../testing/after-test.ts';
import { fixture, makeFixtureDataFolder } from '../testing/fixture-data-folder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openDataFolder } from './data-folder.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

for (const schema of await readdir(fixtures))
  test(`[SRV-33] the data folder of ${schema} opens with all that is in it`, (t) =>
    opensWithAllOfIt(t, (root) => cp(join(fixtures, schema), root, { recursive: true })));

test('[SRV-33] a new data folder opens with all that is in it', (t) =>
  opensWithAllOfIt(t, makeFixtureDataFolder));

async function opensWithAllOfIt(t: TestContext, make: (root: string) => Promise<void>): Promise<void> {
  const root = join(await temporaryFolder(t), 'data');
  await make(root);
  const { log, chunks, tokens, close } = await openDataFolder(root);
  afterTest(t, close);

  const head = await log.head();
  assert.deepEqual([head.log, head.seq], [fixture.log, fixture.frames.length]);
  assert.deepEqual(await checkLog(log, sha256, () => {}), { operations: 5, damage: { count: 0, first: [] } });
  const page = await log.readPage({ after: 0, chain: null, operationsMax: 10, bytesMax: 10_000 });
  assert.ok(page.ok && equalBytes(page.frames, encodeFrames(fixture.frames)));
  const account = await log.account();
  assert.equal(account && bytesToUtf8(account), fixture.account);
  assert.deepEqual((await tokens.list()).map(withHexHash), fixture.tokens.map(withHexHash));
  assert.deepEqual(await chunks.missing(fixture.chunks.map(nameOf)), []);
  const { count, damage } = await checkChunks(chunks, () => {});
  assert.deepEqual([count, damage.count], [2, 0]);
}

function withHexHash(token: StoredToken) {
  return { ...token, hash: bytesToHex(token.hash) };
}
