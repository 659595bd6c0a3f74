import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { startReceiver, type Receiver } from './receiver.ts';

const state = 'A'.repeat(43);
const token = 'eyJh.eyJz.c2ln';

async function start(t: TestContext): Promise<Receiver> {
  const receiver = await startReceiver({ state, serverOrigin: 'https://notes.example' });
  t.after(receiver.close);
  return receiver;
}

function send({ port }: Receiver, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/hand-over`, { method: 'POST', body: new URLSearchParams(fields) });
}

const form = { state, header: 'cf-access-token', token };

test('[HND-5] the token arrives, and the person reads that it did, on a page that nothing loads or keeps', async (t) => {
  const receiver = await start(t);
  const answer = await send(receiver, form);
  assert.equal(answer.status, 200);
  const page = await answer.text();
  assert.match(page, /You can close this window/);
  assert.ok(!page.includes(token) && !page.includes(state));
  assert.match(
    answer.headers.get('content-security-policy') ?? '',
    /default-src 'none'.*frame-ancestors 'none'/,
  );
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  assert.deepEqual(await receiver.handedOver, { header: 'cf-access-token', token });
});

test('[HND-6] what does not know the state is refused, and the right one is still waited for', async (t) => {
  const receiver = await start(t);
  for (const wrong of [{ ...form, state: 'B'.repeat(43) }, { header: form.header, token }, {}]) {
    const answer = await send(receiver, wrong);
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /does not come from the page/);
  }
  assert.equal((await fetch(`http://127.0.0.1:${receiver.port}/hand-over`)).status, 405);
  assert.equal((await send(receiver, form)).status, 200);
  assert.deepEqual(await receiver.handedOver, { header: 'cf-access-token', token });
});

test('[HND-6] a second hand-over is refused and changes nothing', async (t) => {
  const receiver = await start(t);
  const answers = await Promise.all([send(receiver, form), send(receiver, { ...form, token: 'd.e.f' })]);
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 403],
  );
  const [first] = answers;
  assert.equal((await receiver.handedOver).token, first?.status === 200 ? token : 'd.e.f');
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
  const receiver = await startReceiver({ state, serverOrigin: 'https://notes.example' });
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
