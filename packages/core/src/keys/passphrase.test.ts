import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { findPassphraseTypos, generatePassphrase } from './passphrase.ts';

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test('[KEY-6] a passphrase is seven words of the list, and gives back the 77 bits that it was made of', () => {
  assert.equal(wordlist.length, 2_048);
  assert.equal(new Set(wordlist).size, 2_048);
  fc.assert(
    fc.property(tenBytes, (bytes) => {
      const places = generatePassphrase(() => bytes)
        .split(' ')
        .map((word) => wordlist.indexOf(word));
      assert.equal(places.length, 7);
      assert.ok(places.every((place) => place >= 0));
      const bits = places.reduceRight((sum, place) => (sum << 11n) | BigInt(place), 0n);
      const given = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
      assert.equal(bits, given & (2n ** 77n - 1n));
    }),
  );
});

test('[KEY-6] it asks for ten bytes of randomness', () => {
  const asked: number[] = [];
  generatePassphrase((length) => {
    asked.push(length);
    return new Uint8Array(length);
  });
  assert.deepEqual(asked, [10]);
});

test('[KEY-7] a generated passphrase has no typos', () => {
  fc.assert(
    fc.property(tenBytes, (bytes) =>
      assert.deepEqual(findPassphraseTypos(generatePassphrase(() => bytes)), []),
    ),
  );
});

test('[KEY-7] a mistyped word of a generated passphrase is found with the word that was meant', () => {
  const typos = findPassphraseTypos('abandon  ability abl about abovve absent  Zebra');
  assert.deepEqual(typos, [
    { word: 'abl', suggestion: 'able' },
    { word: 'abovve', suggestion: 'above' },
    { word: 'Zebra', suggestion: 'zebra' },
  ]);
});

test('[KEY-7] a word far from all others has no suggestion', () => {
  const typos = findPassphraseTypos('abandon ability able about above absent qqqqqqqqq');
  assert.deepEqual(typos, [{ word: 'qqqqqqqqq', suggestion: null }]);
});

test("[KEY-7] a person's own passphrase is taken as it is", () => {
  for (const passphrase of [
    '',
    'correct horse',
    'Mein eigener langer Satz mit vielen Wörtern darin',
    'абв где жзи клм ноп',
    'abandon ability able about above',
    'able about above absent absorb abuse access about to be',
  ])
    assert.deepEqual(findPassphraseTypos(passphrase), []);
});
