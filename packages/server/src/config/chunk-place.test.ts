import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { printConfig } from '../commands/print-config.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Environment } from './environment.ts';
import { readSettings } from './read-settings.ts';

const key = { DATAANS_S3_KEY_ID: 'AKIA1', DATAANS_S3_SECRET: 'very/secret+' };

const buckets: readonly (readonly [text: string, bucket: string, prefix: string])[] = [
  ['s3://notes', 'notes', ''],
  ['s3://notes/', 'notes', ''],
  ['s3://my.notes-1/of/somebody_1', 'my.notes-1', 'of/somebody_1'],
];

for (const [text, bucket, prefix] of buckets)
  test(`[SRV-93] DATAANS_CHUNKS=${text} is a bucket of AWS unless something else is set`, () => {
    assert.deepEqual(placeOf({ DATAANS_CHUNKS: text, ...key }), {
      bucket,
      prefix,
      endpoint: new URL('https://s3.us-east-1.amazonaws.com'),
      region: 'us-east-1',
      keyId: 'AKIA1',
      secret: 'very/secret+',
    });
  });

test('[SRV-93] region, address and a secret in a file are taken, and config never shows the secret', async (t) => {
  const file = join(await temporaryFolder(t), 'secret');
  await writeFile(file, 'from a file'.replaceAll(' ', '-') + '\n');
  const environment = {
    DATAANS_CHUNKS: 's3://notes',
    DATAANS_S3_ENDPOINT: 'http://127.0.0.1:7480',
    DATAANS_S3_REGION: 'auto',
    DATAANS_S3_KEY_ID: 'AKIA1',
    DATAANS_S3_SECRET_FILE: file,
  };
  const place = placeOf(environment);
  assert.ok(place !== 'files');
  assert.deepEqual(
    [place.endpoint.href, place.region, place.secret],
    ['http://127.0.0.1:7480/', 'auto', 'from-a-file'],
  );
  const output = createRecordedOutput();
  printConfig(settingsOf(environment), output, true);
  printConfig(settingsOf({ DATAANS_CHUNKS: 's3://notes', ...key }), output, false);
  assert.match(output.printed.stdout, /"DATAANS_S3_SECRET_FILE": \{\s+"value": "\(hidden\)"/);
  assert.match(output.printed.stdout, /DATAANS_S3_SECRET +\(hidden\) +environment/);
  assert.doesNotMatch(output.printed.stdout, /very|from-a-file/);
});

const wrong: readonly (readonly [environment: Environment, sentence: RegExp])[] = [
  [
    { DATAANS_CHUNKS: 'notes' },
    /^DATAANS_CHUNKS \(from environment\) must be a bucket such as s3:\/\/bucket/,
  ],
  [{ DATAANS_CHUNKS: 's3://notes/../x' }, /must be a bucket/],
  [{ DATAANS_CHUNKS: 's3://notes/a b' }, /must be a bucket/],
  [
    { DATAANS_CHUNKS: 's3://notes' },
    /^DATAANS_CHUNKS is s3:\/\/notes, and there is no key to it\. Set DATAANS_S3_KEY_ID,/,
  ],
  [{ DATAANS_CHUNKS: 's3://notes', DATAANS_S3_KEY_ID: 'x' }, /there is no key to it/],
  [
    { DATAANS_CHUNKS: 's3://notes', ...key, DATAANS_S3_SECRET_FILE: '/x' },
    /are both set\. Remove one of them\./,
  ],
  [
    { DATAANS_CHUNKS: 's3://notes', DATAANS_S3_KEY_ID: 'x', DATAANS_S3_SECRET_FILE: '/none' },
    /^Can't read the secret in \/none \(/,
  ],
  [{ DATAANS_CHUNKS: 's3://notes', ...key, DATAANS_S3_ENDPOINT: 'https://x.example/a' }, /without a path/],
  [{ DATAANS_CHUNKS: 's3://notes', ...key, DATAANS_S3_SECRET: '"x"' }, /without quotation marks/],
  [key, /^DATAANS_S3_KEY_ID is set, but chunks are kept in files\./],
  [{ DATAANS_S3_REGION: 'x' }, /^DATAANS_S3_REGION is set, but chunks are kept in files\./],
];

for (const [environment, sentence] of wrong)
  test(`[SRV-93] the settings ${JSON.stringify(environment)} are refused with what to do`, () => {
    assert.throws(() => settingsOf(environment), { name: 'OperatorError', exitCode: 2, message: sentence });
  });

function settingsOf(environment: Environment) {
  return readSettings(environment, null, () => '/usual');
}

function placeOf(environment: Environment) {
  return settingsOf(environment).chunkPlace;
}
