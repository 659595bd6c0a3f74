import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { Fault } from './judge-post.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const state = 'A'.repeat(43);
const sealed = 'QUJD';
const wrong: Fault = { status: 403, sentence: 'The server does not accept it.' };

interface Started extends Receiver {
  /** Resolves when the person has been told that their form was taken. */
  readonly taken: Promise<void>;
  readonly judged: readonly string[];
}

async function start(t: TestContext): Promise<Started> {
  const { promise: taken, resolve: onTaken } = Promise.withResolvers<void>();
  const judged: string[] = [];
  const take = (given: string): Promise<Fault | null> => {
    judged.push(given);
    return Promise.resolve(given === sealed ? null : wrong);
  };
  const receiver = await startReceiver({ state, serverOrigin: 'https://notes.example', take, onTaken });
  t.after(receiver.close);
  return { ...receiver, taken, judged };
}

function send({ port }: Receiver, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/hand-over`, { method: 'POST', body: new URLSearchParams(fields) });
}

const form = { state, sealed };

test('[HND-5] the token arrives, and the person reads that it did, on a page that nothing loads or keeps', async (t) => {
  const receiver = await start(t);
  const answer = await send(receiver, form);
  assert.equal(answer.status, 200);
  const page = await answer.text();
  assert.match(page, /You can close this window/);
  assert.ok(!page.includes(sealed) && !page.includes(state));
  assert.match(
    answer.headers.get('content-security-policy') ?? '',
    /default-src 'none'.*frame-ancestors 'none'/,
  );
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  await receiver.taken;
});

test('[HND-6] what does not know the state is refused, and the right one is still waited for', async (t) => {
  const receiver = await start(t);
  for (const given of [{ ...form, state: 'B'.repeat(43) }, { sealed }, {}]) {
    const answer = await send(receiver, given);
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /didn’t come from the page/);
  }
  assert.equal((await fetch(`http://127.0.0.1:${receiver.port}/hand-over`)).status, 405);
  assert.equal((await send(receiver, form)).status, 200);
  await receiver.taken;
});

test('[HND-6] a form that is not proven ends no wait, whoever sent it first', async (t) => {
  const receiver = await start(t);
  const forged = await send(receiver, { state, sealed: 'forged' });
  assert.equal(forged.status, 403);
  assert.match(await forged.text(), /The server does not accept it\./);
  assert.equal((await send(receiver, form)).status, 200);
  await receiver.taken;
});

test('[HND-6] a second hand-over is refused and changes nothing', async (t) => {
  const receiver = await start(t);
  const answers = await Promise.all([send(receiver, form), send(receiver, form)]);
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 403],
  );
  assert.deepEqual(receiver.judged, [sealed]);
});

test('[HND-6] a crowd of silent connections does not keep the form out: the oldest make room', async (t) => {
  const receiver = await start(t);
  const crowd = Array.from({ length: 40 }, () => connect(receiver.port, '127.0.0.1'));
  t.after(() => crowd.forEach((socket) => socket.destroy()));
  for (const socket of crowd) socket.on('error', () => undefined);
  await Promise.all(crowd.map((socket) => once(socket, 'connect')));
  assert.equal((await send(receiver, form)).status, 200);
});

test('[HND-5] a body without end is cut off, and the right one is still waited for', async (t) => {
  const receiver = await start(t);
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(97)),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', headers, body: endless, duplex: 'half' };
  const answer = await fetch(`http://127.0.0.1:${receiver.port}/hand-over`, request).then(
    ({ status }) => status,
    () => 'cut off', // Whoever is still sending may not get to read.
  );
  assert.ok(answer === 413 || answer === 'cut off', String(answer));
  assert.equal((await send(receiver, form)).status, 200);
});

test('[HND-6] it ends at once, also while somebody has begun a form and goes on with nothing', async () => {
  const receiver = await startReceiver({
    state,
    serverOrigin: 'https://notes.example',
    take: () => Promise.resolve(null),
    onTaken: () => undefined,
  });
  const socket = connect(receiver.port, '127.0.0.1');
  const headers = [
    'POST /hand-over HTTP/1.1',
    `Host: 127.0.0.1:${receiver.port}`,
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 100',
    'Expect: 100-continue',
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data'); // It goes on to read.
  const ended = once(socket, 'close');
  socket.on('error', () => undefined);
  await receiver.close();
  await ended;
  await assert.rejects(fetch(`http://127.0.0.1:${receiver.port}/hand-over`));
});
