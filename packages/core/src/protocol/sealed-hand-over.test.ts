import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import type { HandedOver } from './hand-over.ts';
import { createHandOverKey, openHandOver, sealHandOver } from './sealed-hand-over.ts';

const { subtle } = crypto;
const handedOver: HandedOver = { header: 'cf-access-token', token: 'eyJh.eyJz.c2ln' };

async function ask(given: { readonly port?: number; readonly state?: string } = {}) {
  const key = await createHandOverKey(subtle);
  return { key, receiver: { port: 40_000, state: 'A'.repeat(43), key: key.publicKey, ...given } };
}

test('[HND-8] only the command that asked opens what the page carries', async () => {
  const { key, receiver } = await ask();
  const sealed = (await sealHandOver(subtle, receiver, handedOver)) ?? '';
  assert.match(sealed, /^[\w-]+$/);
  assert.deepEqual(await openHandOver(subtle, receiver, key, sealed), handedOver);
  assert.equal(await openHandOver(subtle, receiver, (await ask()).key, sealed), null);
});

test('[HND-8] what is sealed for one question opens no other', async () => {
  const { key, receiver } = await ask();
  const sealed = (await sealHandOver(subtle, receiver, handedOver)) ?? '';
  for (const other of [{ port: 40_001 }, { state: `B${'A'.repeat(42)}` }])
    assert.equal(await openHandOver(subtle, { ...receiver, ...other }, key, sealed), null);
});

test('[HND-8] two pages for one question have nothing in common', async () => {
  const { receiver } = await ask();
  const pages = [
    await sealHandOver(subtle, receiver, handedOver),
    await sealHandOver(subtle, receiver, handedOver),
  ];
  const [one, other] = pages.map((page) => page?.slice(0, 40));
  assert.notEqual(one, other);
});

test('[HND-8] a changed, cut or foreign text is nothing that was handed over', async () => {
  const { key, receiver } = await ask();
  const bytes =
    base64urlToBytes((await sealHandOver(subtle, receiver, handedOver)) ?? '') ?? new Uint8Array();
  for (const index of bytes.keys()) {
    const changed = bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
    assert.equal(await openHandOver(subtle, receiver, key, bytesToBase64url(changed)), null, String(index));
  }
  for (const wrong of [
    '',
    'A',
    '!',
    bytesToBase64url(bytes.subarray(0, 32)),
    bytesToBase64url(bytes.subarray(0, 40)),
  ])
    assert.equal(await openHandOver(subtle, receiver, key, wrong), null, wrong);
});

test('[HND-4] [HND-8] what was sealed but is no token for a header is nothing', async () => {
  const { key, receiver } = await ask();
  for (const wrong of [
    { ...handedOver, token: 'a b' },
    { ...handedOver, token: '' },
  ]) {
    const sealed = (await sealHandOver(subtle, receiver, wrong)) ?? '';
    assert.equal(await openHandOver(subtle, receiver, key, sealed), null);
  }
});

test('[HND-8] a key that agrees with every other on the same secret is sealed to by nobody', async () => {
  const { receiver } = await ask();
  for (const first of [0, 1]) {
    const key = bytesToBase64url(Uint8Array.of(first, ...new Uint8Array(31)));
    assert.equal(await sealHandOver(subtle, { ...receiver, key }, handedOver), null);
  }
});
