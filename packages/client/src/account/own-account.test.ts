import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountRecord, LogId, LogMessage } from '@dataans/core';
import { isOwnAccount } from './own-account.ts';

const followed = '11111111-1111-4111-8111-111111111111' as LogId; // A UUID.
const other = '22222222-2222-4222-8222-222222222222' as LogId; // Another one.
const kept: AccountRecord = {
  version: 1,
  kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_200_000 },
  keyring: 'AA',
};
const sealedAnew: AccountRecord = { ...kept, keyring: 'BB' };

function serve(log: LogId, record: AccountRecord | null) {
  return {
    readLog: () => Promise.resolve({ log } as LogMessage), // Nothing else of it is read.
    readAccount: () => Promise.resolve(record === null ? null : { record, encoded: new Uint8Array() }),
  };
}

const cases: readonly (readonly [
  what: string,
  log: LogId,
  record: AccountRecord | null,
  home: { readonly kept: AccountRecord | null; readonly followed: LogId | null },
  isOwn: boolean,
])[] = [
  ['the followed log and the kept record', followed, kept, { kept, followed }, true],
  [
    'the followed log, with a record that another device has sealed anew',
    followed,
    sealedAnew,
    { kept, followed },
    true,
  ],
  ['another log with the kept record', other, kept, { kept, followed }, true],
  ['a server that has lost everything', other, null, { kept, followed }, true],
  ['a home that has not synced yet', other, kept, { kept, followed: null }, true],
  ['another log with another record', other, sealedAnew, { kept, followed }, false],
  ['an empty server, for a home that kept no record', other, null, { kept: null, followed }, false],
  ['any account, for a home that knows nothing', other, kept, { kept: null, followed: null }, false],
];

for (const [what, log, record, home, isOwn] of cases)
  test(`[ACC-9] ${what}: ${isOwn ? 'the same account' : 'not proven without the password'}`, async () => {
    assert.equal(await isOwnAccount(serve(log, record), home, undefined), isOwn);
  });
