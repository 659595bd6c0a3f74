import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Access } from '@dataans/client';
import { sealHandOver } from '@dataans/core';
import type { Context } from '../context.ts';
import { receiveAccess } from './receive-access.ts';

const server = 'https://notes.example/path';

function start(given: {
  readonly limit?: AbortSignal;
  readonly interrupt?: AbortSignal;
  readonly device?: string;
  readonly isLetIn?: (access: Access) => Promise<boolean>;
}) {
  const { promise: page, resolve } = Promise.withResolvers<URL>();
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
    if (line.includes('/hand-over?')) resolve(new URL(line.trim()));
  };
  const interrupt = given.interrupt ?? new AbortController().signal;
  // All that a hand-over uses of one.
  const context = { terminal: { say }, environment: {}, interrupt } as unknown as Context;
  const { limit, device = 'Laptop', isLetIn = () => Promise.resolve(true) } = given;
  const request = { server, device, opensBrowser: false, isLetIn, ...(limit === undefined ? {} : { limit }) };
  return { access: receiveAccess(context, request), page, said };
}

test('[HND-6] nobody is waited for beyond the limit, and the port is closed then', async () => {
  const limit = new AbortController();
  const { access, page } = start({ limit: limit.signal });
  const port = (await page).searchParams.get('port');
  limit.abort();
  await assert.rejects(access, {
    code: 'login-required',
    message: /wasn't confirmed in the browser within 10 minutes/,
    advice: /^Close the page/,
  });
  await assert.rejects(fetch(`http://127.0.0.1:${port}/hand-over`));
});

test('[HND-6] an interruption ends it as an interruption', async () => {
  const interrupt = new AbortController();
  const { access, page, said } = start({ interrupt: interrupt.signal });
  await page;
  interrupt.abort();
  await assert.rejects(access, { name: 'AbortError' });
  assert.match(said.at(-1) ?? '', /^Close the page/);
});

test('[HND-2] the name of the device fits the page, whatever it is called', async () => {
  const limit = new AbortController();
  const { access, page } = start({
    limit: limit.signal,
    device: `a\u001b[2J\u202e&state=x#${'😀'.repeat(100)}`,
  });
  const { pathname, searchParams } = await page;
  assert.equal(pathname, '/path/hand-over');
  assert.deepEqual([...searchParams.keys()], ['port', 'state', 'key', 'device']);
  const device = searchParams.get('device') ?? '';
  assert.equal(Array.from(device).length, 64);
  assert.doesNotMatch(device, /\p{C}/u);
  limit.abort();
  await assert.rejects(access);
  const nameless = start({ limit: AbortSignal.abort(), device: ' ' });
  assert.equal((await nameless.page).searchParams.get('device'), 'this device');
  await assert.rejects(nameless.access);
});

/** What a page of the server posts for a question, or what somebody else makes of the same question. */
async function post(page: URL, token: string, receiver: Partial<Record<'state' | 'key', string>> = {}) {
  const query = page.searchParams;
  const port = Number(query.get('port'));
  const question = { port, state: query.get('state') ?? '', key: query.get('key') ?? '', ...receiver };
  const sealed = await sealHandOver(crypto.subtle, question, { header: 'cf-access-token', token });
  const body = new URLSearchParams({ state: question.state, sealed: sealed ?? '' });
  return fetch(`http://127.0.0.1:${port}/hand-over`, { method: 'POST', body });
}

test('[HND-6] a token that the server does not accept is answered on the page, and the right one is still taken', async () => {
  const isLetIn = (access: Access): Promise<boolean> =>
    Promise.resolve(access.kind === 'access-token' && access.token.reveal() === 'r.i.ght');
  const { access, page } = start({ isLetIn });
  const forged = await post(await page, 'w.ro.ng');
  assert.equal(forged.status, 403);
  assert.match(await forged.text(), /still waiting/);
  assert.equal((await post(await page, 'r.i.ght')).status, 200);
  const found = await access;
  assert.ok(found.kind === 'access-token' && found.token.reveal() === 'r.i.ght');
});

test('[HND-8] what is sealed to the key of another question is not taken, and the right one still is', async () => {
  const { access, page } = start({});
  const other = start({ limit: AbortSignal.abort() });
  const key = (await other.page).searchParams.get('key') ?? '';
  await assert.rejects(other.access);
  assert.equal((await post(await page, 'a.b.c', { key })).status, 400);
  assert.equal((await post(await page, 'a.b.c')).status, 200);
  await access;
});
