import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { asDiskError, failureOf } from './disk-error.ts';

function systemError(members: object): Error {
  return Object.assign(new Error('write'), members);
}

const quota = systemError({ code: 'Unknown system error -122', errno: -122 });

test('[SRV-6] a used-up quota is no space, by its number where Node has no name for it', () => {
  for (const error of [quota, systemError({ code: 'EDQUOT' }), systemError({ code: 'ENOSPC', errno: -28 })]) {
    assert.equal(failureOf(error), 'full');
    assert.ok(asDiskError(error) instanceof StorageFullError);
  }
});

test('[SRV-44] a disk that went read-only or reports a fault is unavailable, and nothing else is', () => {
  for (const code of ['EROFS', 'EIO', 'EMFILE']) {
    const known = asDiskError(systemError({ code }));
    assert.ok(known instanceof StorageUnavailableError);
    assert.match(String(known.cause), /write/);
  }
  for (const error of [systemError({ code: 'ENOENT' }), new Error('else'), 'a text'])
    assert.equal(asDiskError(error), error);
});

test('[SRV-28] health tells what keeps a disk from being written', () => {
  assert.deepEqual(
    ['EROFS', 'EACCES', 'EPERM', 'EIO'].map((code) => failureOf(systemError({ code }))),
    ['read-only', 'forbidden', 'forbidden', 'faulty'],
  );
});
