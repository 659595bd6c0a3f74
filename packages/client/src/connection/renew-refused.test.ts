import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import type { Access } from './access.ts';
import { createSecret } from '../platform/secret.ts';
import { createExchange } from './exchange.ts';
import { renewRefused } from './renew-refused.ts';
import { createHastyClock, marked, scriptTransport, type ScriptedAnswer } from './scripted-server.fixture.ts';

const question = { method: 'GET', path: '/v1/log', bytesMax: 5_000 } as const;
const { signal } = new AbortController();
const fine: ScriptedAnswer = { headers: marked, body: 'ok' };
const refusedByServer: ScriptedAnswer = {
  status: 401,
  headers: marked,
  body: JSON.stringify({ type: 'urn:x', title: 'x', status: 401, code: 'unauthorized', detail: 'Ended.' }),
};

function build(renews: boolean, ...answers: readonly ScriptedAnswer[]) {
  const { transport, requests } = scriptTransport(...answers);
  let current: Access = { kind: 'bearer', token: createSecret('first') };
  const asked: Access[] = [];
  const access = (): Access => current;
  const exchange = createExchange({
    address: 'http://notes.example',
    transport,
    clock: createHastyClock(),
    randomness: () => 0.5,
    access,
  });
  const renewAccess = (refused: Access): Promise<boolean> => {
    asked.push(refused);
    if (renews) current = { kind: 'bearer', token: createSecret('second') };
    return Promise.resolve(renews);
  };
  const sent = (): readonly (string | undefined)[] => requests.map(({ headers }) => headers['authorization']);
  return { exchange: renewRefused(exchange, { access, renewAccess }), asked, sent };
}

for (const [who, refusal] of [
  ['the login before the server', { status: 401 }],
  ['the server', refusedByServer],
] as const) {
  test(`[ACC-8] a credential that ${who} refused is renewed, and the question asked again with the next one`, async () => {
    const { exchange, asked, sent } = build(true, refusal, fine);
    assert.equal((await exchange.ask(question, signal)).status, 200);
    assert.deepEqual(sent(), ['Bearer first', 'Bearer second']);
    assert.equal(asked.length, 1);
  });

  test(`[ACC-8] an event stream that ${who} refused is opened again with the next credential`, async () => {
    const { exchange, sent } = build(true, refusal, fine);
    const { facts, watch } = await exchange.open(question, 60_000, signal);
    watch.stop();
    assert.equal(facts.status, 200);
    assert.deepEqual(sent(), ['Bearer first', 'Bearer second']);
  });
}

test('[ACC-8] where there is no other credential the refusal is what it was', async () => {
  const atLogin = build(false, { status: 401 });
  await assert.rejects(atLogin.exchange.ask(question, signal), { code: 'session-expired' });
  const atServer = build(false, refusedByServer);
  assert.equal((await atServer.exchange.ask(question, signal)).problem?.code, 'unauthorized');
  const events = build(false, refusedByServer);
  await assert.rejects(events.exchange.open(question, 60_000, signal), {
    code: 'session-expired',
    message: 'Ended.',
  });
  assert.deepEqual(
    [atLogin, atServer, events].map(({ sent }) => sent().length),
    [1, 1, 1],
  );
});

test('[ACC-8] a second refusal is not renewed again', async () => {
  const { exchange, asked } = build(true, { status: 401 });
  await assert.rejects(exchange.ask(question, signal), { code: 'session-expired' });
  assert.equal(asked.length, 1);
});

test('[ACC-8] nothing but a refusal asks for another credential', async () => {
  for (const answer of [fine, { status: 502 }, { status: 404, headers: marked }]) {
    const { exchange, asked } = build(true, answer);
    await exchange.ask(question, signal).catch((error: unknown) => assert.ok(error instanceof DataansError));
    assert.equal(asked.length, 0);
  }
});
