import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Environment } from './environment.ts';
import { readSettings } from './read-settings.ts';
import { readRemoteAccess } from './remote-place.ts';

test('[SRV-150] a token comes from the environment or from a file, and is no setting of the server', async (t) => {
  const path = join(await temporaryFolder(t), 'token');
  await writeFile(path, 'dat_secret\n');
  const inFile = { DATAANS_TOKEN_FILE: path };
  for (const environment of [{ DATAANS_TOKEN: 'dat_secret' }, inFile])
    assert.deepEqual(readRemoteAccess(environment), { kind: 'token', token: 'dat_secret' });
  assert.deepEqual(readRemoteAccess({ DATAANS_TOKEN: '' }), { kind: 'none' });
  assert.equal(readSettings(inFile, null, () => '/data').dataFolder, '/data');
});

test('[SRV-150] a service token has an id, and a secret that may be in a file', async (t) => {
  const path = join(await temporaryFolder(t), 'secret');
  await writeFile(path, 'secret');
  assert.deepEqual(
    readRemoteAccess({ DATAANS_ACCESS_CLIENT_ID: 'id', DATAANS_ACCESS_CLIENT_SECRET_FILE: path }),
    { kind: 'service-token', clientId: 'id', clientSecret: 'secret' },
  );
});

const wrong: readonly (readonly [environment: Environment, sentence: RegExp])[] = [
  [{ DATAANS_TOKEN: 'x', DATAANS_TOKEN_FILE: '/t' }, /^DATAANS_TOKEN and DATAANS_TOKEN_FILE are both set/],
  [{ DATAANS_TOKEN: 'two words' }, /^DATAANS_TOKEN must be .* without a space/],
  [{ DATAANS_TOKEN_FILE: '/nowhere' }, /^Can't read the secret in \/nowhere/],
  [{ DATAANS_ACCESS_CLIENT_ID: 'id' }, /go together/],
  [
    { DATAANS_TOKEN: 'x', DATAANS_ACCESS_CLIENT_ID: 'id', DATAANS_ACCESS_CLIENT_SECRET: 's' },
    /^An access token and a service token are both set\. Remove/,
  ],
];

for (const [environment, sentence] of wrong)
  test(`[SRV-150] ${Object.keys(environment).join(' and ')} that cannot be meant so are refused`, () => {
    assert.throws(() => readRemoteAccess(environment), {
      name: 'OperatorError',
      exitCode: 2,
      message: sentence,
    });
  });
