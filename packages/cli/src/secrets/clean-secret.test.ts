import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { cleanSecret, type SecretSource } from './clean-secret.ts';
import { readProfilePassphrase } from './profile-passphrase.ts';

const password: SecretSource = { kind: 'password', name: 'DATAANS_PASSWORD' };
const token: SecretSource = { kind: 'access token', name: 'DATAANS_TOKEN' };
const utf8 = (text: string): Uint8Array => Buffer.from(text);

function refusal(given: string | Uint8Array, source: SecretSource): string {
  try {
    cleanSecret(given, source);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} ${error.advice}`;
    throw error;
  }
  return 'taken';
}

test('[CLI-20] a byte order mark in front and line ends behind are no part of a secret, wherever it comes from', () => {
  for (const text of ['horse', 'horse\n', 'horse\r\n', 'horse\r', '\u{feff}horse\r\n', 'horse\n\n'])
    for (const given of [text, utf8(text)])
      for (const source of [password, token]) assert.equal(cleanSecret(given, source).reveal(), 'horse');
});

test('[CLI-20] blanks and any other letters of a password stay as they are', () => {
  for (const text of ['  two  words ', 'пароль', 'cafe\u{301}', '\t', 'pass"word\''])
    assert.equal(cleanSecret(utf8(text), password).reveal(), text);
});

test('[CLI-20] what nobody could type again is refused, with advice on passwords', () => {
  for (const [given, pattern] of [
    [Buffer.from('\u{feff}horse', 'utf16le'), /UTF-16/],
    [Buffer.from('horse', 'utf16le'), /UTF-16/],
    [Buffer.from('caf\u{e9}', 'latin1'), /isn't UTF-8/],
    ['caf\u{fffd}', /aren't UTF-8/],
    ['one\ntwo', /more than one line/],
    ['ho\u{feff}rse', /invisible/],
    ['ho\0rse', /invisible/],
    ['\r\n', /is empty/],
  ] as const) {
    const sentence = refusal(given, password);
    assert.match(sentence, pattern);
    assert.match(sentence, /^DATAANS_PASSWORD .* password/);
  }
});

test('[CLI-20] what no header can carry is refused before anybody is asked', () => {
  for (const given of ['Bearer abc', '"abc"', "'abc'", 'abc–def', 'a\tb', 'a b'])
    assert.match(refusal(given, token), /^DATAANS_TOKEN has a space, .* Copy only the token again/);
  assert.equal(refusal('eyJ.a-b_c~d+e/f==', token), 'taken');
});

test('[CLI-20] the passphrase of a profile is cleaned like any other', () => {
  const profile = (passphrase: string) => utf8(`\u{feff}${JSON.stringify({ passphrase })}`);
  assert.equal(readProfilePassphrase(profile('one two\n'), 'profile.json').reveal(), 'one two');
  assert.throws(
    () => readProfilePassphrase(profile('one\u{fffd}'), 'profile.json'),
    /passphrase in profile.json has/,
  );
  assert.throws(() => readProfilePassphrase(utf8('[]'), 'profile.json'), /isn't a device's profile.json/);
});
