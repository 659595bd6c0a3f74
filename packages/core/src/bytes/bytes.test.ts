import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { base64urlToBytes, bytesToBase64url } from './base64url.ts';
import {
  binaryToBytes,
  bytesToUtf8,
  concatBytes,
  equalBytes,
  readUint32,
  utf8ToBytes,
  writeUint32,
} from './bytes.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { bytesToJson } from './json.ts';

const bytes = fc.uint8Array({ maxLength: 100 });
const character = fc.integer({ min: 0, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff);
const anyText = fc.array(character).map((codes) => String.fromCodePoint(...codes));

test('hexadecimal is what Node writes, and reads back', () => {
  fc.assert(
    fc.property(bytes, (all) => {
      assert.equal(bytesToHex(all), Buffer.from(all).toString('hex'));
      assert.deepEqual(hexToBytes(bytesToHex(all)), all);
    }),
  );
});

test('what is not lower-case hexadecimal is refused', () => {
  for (const text of ['0', 'AB', 'g0', '0g', ' 0', '0x', '٠٠', 'ab ', '\u00e9\u00e9'])
    assert.equal(hexToBytes(text), null, text);
});

test('a binary text of Node is read as the bytes it was', () => {
  fc.assert(
    fc.property(bytes, (all) => {
      assert.deepEqual(binaryToBytes(Buffer.from(all).toString('binary')), all);
    }),
  );
});

test('base64url is what Node writes, and reads back', () => {
  fc.assert(
    fc.property(bytes, (all) => {
      assert.equal(bytesToBase64url(all), Buffer.from(all).toString('base64url'));
      assert.deepEqual(base64urlToBytes(bytesToBase64url(all)), all);
    }),
  );
});

test('of several base64url spellings of the same bytes only one is read', () => {
  assert.deepEqual(base64urlToBytes('AA'), Uint8Array.of(0));
  for (const text of ['AB', 'AA=', 'AA==', 'A', 'AAAAA', 'A+', 'A/', 'A A', 'é', 'AAB'])
    assert.equal(base64urlToBytes(text), null, text);
});

test('four bytes hold integers up to 2³²−1, big-endian', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
      const target = new Uint8Array(6);
      writeUint32(target, 1, value);
      assert.equal(readUint32(target, 1), value);
      assert.equal(Buffer.from(target).readUInt32BE(1), value);
      assert.equal(target[0], 0);
      assert.equal(target[5], 0);
    }),
  );
});

test('text comes back from UTF-8 as it was, a byte order mark included', () => {
  fc.assert(fc.property(anyText, (all) => assert.equal(bytesToUtf8(utf8ToBytes(all)), all)));
  assert.equal(bytesToUtf8(utf8ToBytes('\ufefftext')), '\ufefftext');
});

test('bytes that are not UTF-8 are refused', () => {
  for (const invalid of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
    assert.equal(bytesToUtf8(Uint8Array.from(invalid)), null);
});

test('parts are put together in order, and only equal bytes are equal', () => {
  assert.deepEqual(
    concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)),
    Uint8Array.of(1, 2, 3),
  );
  assert.equal(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true);
  assert.equal(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3)), false);
  assert.equal(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3)), false);
});

test('JSON is read from UTF-8 alone, and what is none is undefined', () => {
  assert.deepEqual(bytesToJson(utf8ToBytes('{"name":"ї"}')), { name: 'ї' });
  assert.equal(bytesToJson(utf8ToBytes('null')), null);
  for (const text of ['', '{', '{}{}', '\ufeff{}']) assert.equal(bytesToJson(utf8ToBytes(text)), undefined);
  assert.equal(bytesToJson(Uint8Array.of(0x22, 0xff, 0x22)), undefined);
});
