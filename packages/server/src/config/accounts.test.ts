import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Environment } from './environment.ts';
import { readSettings } from './read-settings.ts';

test('[SRV-110] a server has one account unless it is told otherwise, and then nobody gets one unasked', () => {
  const of = (environment: Environment) => readSettings(environment, null, () => '/usual').manyAccounts;
  assert.equal(of({}), null);
  assert.equal(of({ DATAANS_ACCOUNTS: 'one' }), null);
  assert.deepEqual(of({ DATAANS_ACCOUNTS: 'many' }), { enrols: false });
  assert.deepEqual(of({ DATAANS_ACCOUNTS: 'many', DATAANS_ENROL: 'open' }), { enrols: true });
});

const bucket = { DATAANS_CHUNKS: 's3://notes', DATAANS_S3_KEY_ID: 'AKIA1', DATAANS_S3_SECRET: 'secret' };

const refused: readonly (readonly [environment: Environment, sentence: RegExp])[] = [
  [{ DATAANS_ACCOUNTS: 'two' }, /^DATAANS_ACCOUNTS \(from environment\) must be one or many\.$/],
  [{ DATAANS_ACCOUNTS: 'many', DATAANS_ENROL: 'yes' }, /DATAANS_ENROL .* must be open or closed/],
  [{ DATAANS_ENROL: 'closed' }, /there is one account\. Set DATAANS_ACCOUNTS=many, or remove DATAANS_ENROL/],
  [
    { DATAANS_ACCOUNTS: 'many', ...bucket },
    /keeps chunks in files, and DATAANS_CHUNKS is set.*DATAANS_DATABASE as well/,
  ],
];

for (const [environment, sentence] of refused)
  test(`[SRV-110] ${JSON.stringify(environment)} is refused with what to do`, () => {
    assert.throws(() => readSettings(environment, null, () => '/usual'), {
      name: 'OperatorError',
      exitCode: 2,
      message: sentence,
    });
  });
