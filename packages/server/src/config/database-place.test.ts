import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { printConfig } from '../commands/print-config.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Environment } from './environment.ts';
import { readSettings } from './read-settings.ts';

const bucket = {
  DATAANS_CHUNKS: 's3://notes',
  DATAANS_S3_KEY_ID: 'AKIA1',
  DATAANS_S3_SECRET: 'very/secret+',
};
const address = 'postgres://notes:p4ssword@db.example.org/notes';

test('[SRV-100] an address alone is a database that is listened to there and brought up to date', () => {
  assert.deepEqual(placeOf({ ...bucket, DATAANS_DATABASE: address }), {
    address,
    listenAddress: address,
    connections: 4,
    migrates: true,
  });
});

test('[SRV-100] behind a pooler news come from another address, or from nowhere', () => {
  const direct = { DATAANS_DATABASE_LISTEN: 'postgres://db.example.org:5433/notes', DATAANS_MIGRATE: 'off' };
  const place = placeOf({ ...bucket, DATAANS_DATABASE: address, ...direct, DATAANS_DATABASE_POOL: '9' });
  assert.deepEqual(place, {
    address,
    listenAddress: 'postgres://notes:p4ssword@db.example.org:5433/notes',
    connections: 9,
    migrates: false,
  });
  const off = placeOf({ ...bucket, DATAANS_DATABASE: address, DATAANS_DATABASE_LISTEN: 'off' });
  assert.equal(off?.listenAddress, null);
});

test('[SRV-100] the address can stand in a file, and config shows it without its password', async (t) => {
  const file = join(await temporaryFolder(t), 'address');
  await writeFile(file, `${address}\n`);
  const settings = settingsOf({ ...bucket, DATAANS_DATABASE_FILE: file });
  assert.equal(settings.database?.address, address);
  const output = createRecordedOutput();
  printConfig(settings, output, false);
  assert.match(
    output.printed.stdout,
    /DATAANS_DATABASE_FILE +postgres:\/\/db\.example\.org\/notes +environment/,
  );
  assert.doesNotMatch(output.printed.stdout, /p4ssword/);
});

const refused: readonly (readonly [title: string, environment: Environment, sentence: RegExp])[] = [
  [
    'chunks stay in files',
    { DATAANS_DATABASE: address },
    /^DATAANS_DATABASE is set, and chunks are kept in files.* Set DATAANS_CHUNKS to a bucket/,
  ],
  [
    'an option has no effect',
    { ...bucket, DATAANS_MIGRATE: 'off' },
    /^DATAANS_MIGRATE is set, but there is no database\./,
  ],
  [
    'the address is none of PostgreSQL',
    { ...bucket, DATAANS_DATABASE: 'mysql://db/notes' },
    /^DATAANS_DATABASE \(from environment\) must be an address such as postgres:\/\//,
  ],
  [
    'the address names no database',
    { ...bucket, DATAANS_DATABASE: 'postgres://db' },
    /must be an address such as postgres:\/\/user:password@host\/name\.$/,
  ],
  [
    'the file is not there',
    { ...bucket, DATAANS_DATABASE_FILE: '/nowhere/address' },
    /^Can't read the secret in \/nowhere\/address .* Check DATAANS_DATABASE_FILE\./,
  ],
  [
    'it is given twice',
    { ...bucket, DATAANS_DATABASE: address, DATAANS_DATABASE_FILE: '/nowhere/address' },
    /^DATAANS_DATABASE and DATAANS_DATABASE_FILE are both set\./,
  ],
];

for (const [title, environment, message] of refused)
  test(`[SRV-100] settings are refused if ${title}`, () => {
    assert.throws(() => settingsOf(environment), { name: 'OperatorError', exitCode: 2, message });
  });

function settingsOf(environment: Environment) {
  return readSettings(environment, null, () => '/usual');
}

function placeOf(environment: Environment) {
  return settingsOf(environment).database;
}
