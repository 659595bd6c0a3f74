import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pseudoRandomBytes } from '../pseudo-random.ts';
import { encodeText } from './encodings.ts';
import { createScanner } from './scanner.ts';

const secrets = ['recursive', 'архів', 'naïve “quotes”'].map((text) => ({
  what: text,
  spellings: encodeText(text),
}));
const scanner = createScanner(secrets);
const noise = pseudoRandomBytes(1, 300_000);

test('random bytes hold no secret by chance', () => {
  assert.deepEqual(scanner.scan(noise), []);
});

test('a secret is found in every spelling, at any place', () => {
  for (const { what, spellings } of secrets)
    for (const { encoding, bytes } of spellings)
      for (const offset of [0, 1, 77_777, noise.length - bytes.length]) {
        const planted = Buffer.from(noise);
        planted.set(bytes, offset);
        assert.deepEqual(scanner.scan(planted), [{ what, encoding, offset }]);
      }
});

test('a secret inside of a longer text is found once that is encoded as a whole', () => {
  for (const before of ['', 'x', 'xy', 'xyz'])
    for (const encode of [
      (text: string) => Buffer.from(Buffer.from(text).toString('base64')),
      (text: string) => Buffer.from(Buffer.from(text).toString('base64url')),
      (text: string) => Buffer.from(Buffer.from(text).toString('hex')),
      (text: string) => Buffer.from(text, 'utf16le'),
      (text: string) => Buffer.from(encodeURIComponent(text)),
    ]) {
      const found = scanner.scan(encode(`${before}recursive; архів`)).map(({ what }) => what);
      assert.deepEqual(found.toSorted(), ['recursive', 'архів']);
    }
});

test('a spelling that chance would give too is refused', () => {
  assert.throws(() => createScanner([{ what: 'tar', spellings: encodeText('tar') }]), RangeError);
});
