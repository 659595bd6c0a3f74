import assert from 'node:assert/strict';
import { hash as hashOf } from 'node:crypto';
import { test } from 'node:test';
import {
  handOverCode,
  handOverTokenCharactersMax,
  isHandOverHeader,
  isHandOverState,
  isHandOverToken,
} from './hand-over.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hashOf('sha256', bytes, 'buffer');
const state = 'A'.repeat(43);
const key = 'B'.repeat(42) + 'A';
const receiver = { port: 40_000, state, key };

test('[HND-1] a state is 32 bytes in base64url, in their one spelling', () => {
  assert.ok(isHandOverState(state));
  assert.ok(isHandOverState('q1-_'.repeat(10) + 'q1g'));
  for (const wrong of [
    '',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}B`,
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(42)}<`,
  ])
    assert.ok(!isHandOverState(wrong), wrong);
});

test('[HND-1] the code is the same everywhere, and another for another state, port or key', () => {
  // printf 'dataans/hand-over/2/40000/AAA…/BBB…A' | sha256sum, the first 60 bits as base 32
  const code = '7KEE-X41V-YAGJ';
  assert.equal(handOverCode(sha256, receiver), code);
  for (const other of [{ state: `B${state.slice(1)}` }, { port: 40_001 }, { key: `C${key.slice(1)}` }])
    assert.notEqual(handOverCode(sha256, { ...receiver, ...other }), code);
});

test('[HND-1] a code is twelve symbols, also where its bits begin with zeros', () => {
  const zeros = (): Uint8Array => new Uint8Array(32);
  assert.equal(handOverCode(zeros, receiver), '0000-0000-0000');
  const ones = (): Uint8Array => new Uint8Array(32).fill(255);
  assert.equal(handOverCode(ones, receiver), 'ZZZZ-ZZZZ-ZZZZ');
  const counted = (): Uint8Array =>
    Uint8Array.of(
      0b00000_000,
      0b01_00010_0,
      0b0011_0010,
      0b0_00101_00,
      0b110_00111,
      0b01000_010,
      0b01_01010_0,
      0b1011_0000,
    );
  assert.equal(handOverCode(counted, receiver), '0123-4567-89AB');
});

test('[HND-4] only headers that carry tokens are taken, and only texts that fit one', () => {
  assert.ok(isHandOverHeader('cf-access-token') && isHandOverHeader('authorization'));
  for (const header of ['', 'cookie', 'Cf-Access-Token', 'host', '__proto__'])
    assert.ok(!isHandOverHeader(header));
  assert.ok(isHandOverToken('eyJh.eyJz.c2ln') && isHandOverToken('a'.repeat(handOverTokenCharactersMax)));
  for (const token of [
    '',
    'a b',
    'a\r\nb: c',
    'a\u001b[2J',
    'é',
    '=',
    'a'.repeat(handOverTokenCharactersMax + 1),
  ])
    assert.ok(!isHandOverToken(token), token);
});
