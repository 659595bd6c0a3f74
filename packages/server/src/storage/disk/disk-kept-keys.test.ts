import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSigningKey } from '../../testing/issuer.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createDiskKeptKeys } from './disk-kept-keys.ts';

const { jwk } = await makeSigningKey('RS256', 'key-1');
const published = { source: 'https://issuer.example/keys', fetched: 1, keys: [jwk] };

test('[AUTH-8] keys are kept in a file over a restart, for its owner only', async (t) => {
  const path = join(await temporaryFolder(t), 'keys.json');
  assert.equal(await createDiskKeptKeys(path).read(), null);
  await createDiskKeptKeys(path).write(published);
  assert.deepEqual(await createDiskKeptKeys(path).read(), published);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

for (const [what, bytes] of [
  ['is empty', ''],
  ['was cut off', JSON.stringify(published).slice(0, -9)],
  ['is no text', new Uint8Array([0xff, 0, 0x80])],
  ['is of another shape', '[]'],
  ['has no time', JSON.stringify({ ...published, fetched: 'now' })],
] as const)
  test(`[AUTH-8] a file of keys that ${what} holds none, and is replaced`, async (t) => {
    const path = join(await temporaryFolder(t), 'keys.json');
    await writeFile(path, bytes);
    const kept = createDiskKeptKeys(path);
    assert.equal(await kept.read(), null);
    await kept.write(published);
    assert.deepEqual(await kept.read(), published);
  });
