import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJwt, signJwt } from './jwt.ts';
import { makeKeyPair } from './signing-keys.ts';

const { publicKey, privateKey } = await makeKeyPair();
const other = await makeKeyPair();
const findKey = (kid: string) => (kid === 'known' ? publicKey : null);
const token = signJwt({ sub: 'somebody' }, 'known', privateKey);
const [header, claims, signature] = token.split('.');

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test('a token is read with the key that signed it', () => {
  assert.deepEqual(readJwt(token, findKey), { sub: 'somebody' });
});

for (const [name, wrong] of [
  ['another key', signJwt({ sub: 'somebody' }, 'known', other.privateKey)],
  ['an unknown key', signJwt({ sub: 'somebody' }, 'unknown', privateKey)],
  ['other claims', `${header}.${base64url({ sub: 'else' })}.${signature}`],
  ['no algorithm', `${base64url({ alg: 'none', kid: 'known' })}.${claims}.`],
  ['no signature', `${header}.${claims}`],
  ['a header that is no JSON', `x.${claims}.${signature}`],
  ['nothing', ''],
] as const)
  test(`a token with ${name} is none`, () => {
    assert.equal(readJwt(wrong, findKey), null);
  });
