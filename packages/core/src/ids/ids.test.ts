import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  chunkNameToHash,
  hashToChunkName,
  packChunkNames,
  parseChunkName,
  unpackChunkNames,
} from './chunk-name.ts';
import {
  bytesToUuid,
  hashToUuid,
  isUuid,
  parseUuid,
  randomBytesToUuid,
  uuidToBytes,
  type Uuid,
} from './uuid.ts';

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('[OPR-5] 16 bytes and the text of a UUID are each other', () => {
  assert.equal(
    bytesToUuid(Uint8Array.from({ length: 16 }, (_, index) => index * 17)),
    '00112233-4455-6677-8899-aabbccddeeff',
  );
  fc.assert(
    fc.property(sixteen, (bytes) => {
      assert.ok(isUuid(bytesToUuid(bytes)));
      assert.deepEqual(uuidToBytes(bytesToUuid(bytes)), bytes);
    }),
  );
});

test('[OPR-5] upper case, braces, a missing or an extra digit are no UUID', () => {
  const uuid = '00112233-4455-4677-8899-aabbccddeeff';
  assert.equal(parseUuid(uuid), uuid);
  for (const text of [
    uuid.toUpperCase(),
    `{${uuid}}`,
    uuid.slice(1),
    `${uuid}0`,
    `${uuid}\n`,
    uuid.replaceAll('-', ''),
    '',
  ])
    assert.equal(parseUuid(text), null, text);
  for (const value of [null, 7, {}, [uuid]]) assert.equal(isUuid(value), false);
});

test('[OPR-5] bytes are never made of a text that is no UUID', () => {
  const uuid = '00112233-4455-4677-8899-aabbccddeeff';
  for (const text of [`g${uuid.slice(1)}`, `${uuid.slice(0, -1)}g`, uuid.slice(1), ''])
    // The cast is what a caller that trusts a stranger would do.
    assert.throws(() => uuidToBytes(text as Uuid), TypeError);
});

test('[OPR-5] random ids are of version 4, ids from a hash of version 8, and neither changes its bytes', () => {
  fc.assert(
    fc.property(hash, (bytes) => {
      const before = Uint8Array.from(bytes);
      assert.match(randomBytesToUuid(bytes.subarray(0, 16)), /^.{8}-.{4}-4.{3}-[89ab].{3}-.{12}$/);
      assert.match(hashToUuid(bytes), /^.{8}-.{4}-8.{3}-[89ab].{3}-.{12}$/);
      assert.deepEqual(bytes, before);
    }),
  );
});

test('[CHK-3] a chunk name is the 64 lower-case digits of a hash, and nothing else', () => {
  fc.assert(fc.property(hash, (bytes) => assert.deepEqual(chunkNameToHash(hashToChunkName(bytes)), bytes)));
  const name = 'ab'.repeat(32);
  assert.equal(parseChunkName(name), name);
  for (const text of [name.toUpperCase(), name.slice(1), `${name}0`, `${name}\n`, `../${name.slice(3)}`, ''])
    assert.equal(parseChunkName(text), null, text);
});

test('[CHK-5] chunk names come back from their packed form', () => {
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 10 }), (hashes) => {
      const names = hashes.map(hashToChunkName);
      assert.deepEqual(unpackChunkNames(packChunkNames(names)), names);
    }),
  );
  assert.equal(packChunkNames([]), '');
});

test('[CHK-5] a packed form that is no whole number of hashes is refused', () => {
  const packed = packChunkNames([hashToChunkName(new Uint8Array(32).fill(7))]);
  for (const text of [
    packed.slice(1),
    `${packed}AAAA`,
    `${packed}=`,
    packed.replace(/^./, '+'),
    `${packed.slice(0, -1)}B`,
  ])
    assert.equal(unpackChunkNames(text), null, text);
});
