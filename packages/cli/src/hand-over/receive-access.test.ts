import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../context.ts';
import { receiveAccess } from './receive-access.ts';

const server = 'https://notes.example/path';

function start(given: {
  readonly limit?: AbortSignal;
  readonly interrupt?: AbortSignal;
  readonly device?: string;
}) {
  const { promise: page, resolve } = Promise.withResolvers<URL>();
  const say = (line: string): void => {
    if (line.includes('/hand-over?')) resolve(new URL(line.trim()));
  };
  const interrupt = given.interrupt ?? new AbortController().signal;
  // All that a hand-over uses of one.
  const context = { terminal: { say }, environment: {}, interrupt } as unknown as Context;
  const { limit, device = 'Laptop' } = given;
  const request = { server, device, opensBrowser: false, ...(limit === undefined ? {} : { limit }) };
  return { access: receiveAccess(context, request), page };
}

test('[HND-6] nobody is waited for beyond the limit, and the port is closed then', async () => {
  const limit = new AbortController();
  const { access, page } = start({ limit: limit.signal });
  const port = (await page).searchParams.get('port');
  limit.abort();
  await assert.rejects(access, { code: 'login-required', message: /Nobody confirmed the sign-in/ });
  await assert.rejects(fetch(`http://127.0.0.1:${port}/hand-over`));
});

test('[HND-6] an interruption ends it as an interruption', async () => {
  const interrupt = new AbortController();
  const { access, page } = start({ interrupt: interrupt.signal });
  await page;
  interrupt.abort();
  await assert.rejects(access, { name: 'AbortError' });
});

test('[HND-2] the name of the device fits the page, whatever it is called', async () => {
  const limit = new AbortController();
  const { access, page } = start({
    limit: limit.signal,
    device: `a\u001b[2J\u202e&state=x#${'😀'.repeat(100)}`,
  });
  const { pathname, searchParams } = await page;
  assert.equal(pathname, '/path/hand-over');
  assert.deepEqual([...searchParams.keys()], ['port', 'state', 'device']);
  const device = searchParams.get('device') ?? '';
  assert.equal(Array.from(device).length, 64);
  assert.doesNotMatch(device, /\p{C}/u);
  limit.abort();
  await assert.rejects(access);
  const nameless = start({ limit: AbortSignal.abort(), device: ' ' });
  assert.equal((await nameless.page).searchParams.get('device'), 'this device');
  await assert.rejects(nameless.access);
});
