import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { toLoggedError } from './logged-error.ts';

const chunkName = '0123456789abcdef'.repeat(4);
const operationId = '5b0d9a4e-3c1f-4e7a-9d52-8f6b1c2a7e40';
const token = `dat_${'x-_'.repeat(14)}y`;

test('[SRV-27] an error of the system is logged with its code and without the name in its path', async () => {
  const error: unknown = await readFile(`/nowhere/chunks/01/${chunkName}`).catch((reason: unknown) => reason);
  const logged = toLoggedError(error);
  assert.equal(logged.code, 'ENOENT');
  assert.match(logged.stack, /ENOENT.*\/nowhere\/chunks\/01\/\(chunk name\)/);
  assert.ok(!JSON.stringify(logged).includes(chunkName));
});

test('[SRV-27] neither ids nor tokens are logged, whatever caused the error', () => {
  const cause = new Error(`Not a UUID: ${operationId.toUpperCase()}`);
  const logged = JSON.stringify(toLoggedError(new TypeError(`Bearer ${token}`, { cause })));
  assert.match(logged, /TypeError: Bearer \(token\).*caused by Error: Not a UUID: \(id\)/);
  for (const name of [operationId, operationId.toUpperCase(), token]) assert.ok(!logged.includes(name));
});

test('[SRV-27] a signed token is not logged, whole or cut off', () => {
  const signed = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-_c2ln';
  for (const part of [signed, signed.slice(0, -9), 'eyJhbGciOiJSUzI1NiJ9']) {
    const { stack } = toLoggedError(new Error(`Invalid header "${part}"`));
    assert.match(stack, /^Error: Invalid header "\(token\)"/);
  }
});

test('an error that is its own cause, or none at all, is logged too', () => {
  const circle = new Error('round');
  circle.cause = circle;
  assert.match(toLoggedError(circle).stack, /^Error: round/);
  assert.deepEqual(toLoggedError('text'), { type: 'string', stack: 'text' });
});
