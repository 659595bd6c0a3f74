import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  bytesToUuid,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  paths,
  utf8ToBytes,
  type Frame,
} from '@dataans/core';
import { nameOf, patternBytes } from '../chunks/chunk-store.contract.ts';
import { envelopeFrame } from '../testing/frames.ts';
import { createManyApp, type ManyApp, type ManyParts } from '../testing/many-app.ts';
import { assertRefused } from '../testing/test-app.ts';

/** Each is told first once: nothing may depend on who came first. */
const bothWays = [
  ['alice', 'bob'],
  ['bob', 'alice'],
] as const;

/** Whatever one account does, another neither sees it, nor is refused or delayed because of it. Each test opens an empty server. */
export function testTwoAccounts(name: string, open: (test: TestContext) => Promise<ManyParts>): void {
  const both = (title: string, body: (app: ManyApp, one: string, other: string) => Promise<void>): void => {
    for (const [one, other] of bothWays)
      test(`[SRV-114] ${name}: ${title} (${one} first)`, async (t) => {
        const app = createManyApp(await open(t));
        await app.send('alice', 'GET', paths.log);
        await app.send('bob', 'GET', paths.log);
        await body(app, one, other);
      });
  };

  both('the same operation id in two accounts is two operations', async (app, one, other) => {
    assert.notEqual(await app.logOf(one), await app.logOf(other));
    assert.equal((await post(app, one, [operation(one)])).status, 200);
    assert.deepEqual(await pageOf(app, other), []);
    assert.equal((await post(app, other, [operation(other)])).status, 200);
    for (const who of [one, other]) assert.deepEqual(await pageOf(app, who), [operation(who)]);
  });

  both('what one has, the other is told to be missing', async (app, one, other) => {
    await post(app, one, [operation(one)]);
    const ids = [bytesToUuid(operation(one).id)];
    const ask = (who: string) => app.send(who, 'POST', paths.operationsMissing, json({ ids }));
    assert.deepEqual(await (await ask(one)).json(), { ids: [] });
    assert.deepEqual(await (await ask(other)).json(), { ids });
  });

  both('a chunk that one has is new to the other, and no answer tells of it', async (app, one, other) => {
    const bytes = patternBytes(10_000);
    const chunk = nameOf(bytes);
    const put = (who: string) => app.send(who, 'PUT', paths.chunk(chunk), { body: bytes });
    assert.equal((await put(one)).status, 201);
    for (const method of ['GET', 'HEAD'])
      assert.equal((await app.send(other, method, paths.chunk(chunk))).status, 404);
    const missing = await app.send(other, 'POST', paths.chunksMissing, json({ names: [chunk] }));
    assert.deepEqual(await missing.json(), { names: [chunk] });
    assert.deepEqual(await (await app.send(other, 'GET', paths.chunks)).json(), { chunks: [] });
    assert.equal((await put(other)).status, 201);
    assert.equal((await put(one)).status, 200);
  });

  both('each makes an account record of their own, and changes no other', async (app, one, other) => {
    const make = (who: string, text: string) =>
      app.send(who, 'PUT', paths.account, {
        headers: { 'content-type': 'application/json', 'if-none-match': '*' },
        body: text,
      });
    const made = await make(one, '{"of":"one"}');
    assert.equal(made.status, 201);
    await assertRefused(await app.send(other, 'GET', paths.account), 'not-found');
    const change = {
      headers: { 'content-type': 'application/json', 'if-match': made.headers.get('etag') ?? '' },
      body: '{"of":"nobody"}',
    };
    await assertRefused(await app.send(other, 'PUT', paths.account, change), 'account-changed');
    assert.equal((await make(other, '{"of":"other"}')).status, 201);
    assert.equal(await (await app.send(one, 'GET', paths.account)).text(), '{"of":"one"}');
    await assertRefused(await make(one, '{}'), 'account-exists');
  });

  both("what names the other's log is neither stored nor answered", async (app, one, other) => {
    await post(app, one, [operation(one)]);
    const log = await app.logOf(one);
    const bytes = patternBytes(10);
    for (const answer of [
      await post(app, other, [operation(other)], `?log=${log}`),
      await app.send(other, 'GET', `${paths.operations}?log=${log}`),
      await app.send(other, 'GET', `${paths.chunks}?log=${log}`),
      await app.send(other, 'PUT', `${paths.chunk(nameOf(bytes))}?log=${log}`, { body: bytes }),
    ])
      await assertRefused(answer, 'log-diverged');
    assert.deepEqual(await pageOf(app, other), []);
    assert.equal((await pageOf(app, one)).length, 1);
  });

  both('an event stream tells of its own account alone', async (app, one, other) => {
    const streams = { one: await openStream(app, one), other: await openStream(app, other) };
    assert.deepEqual([await streams.one.read(), await streams.other.read()], [0, 0]);
    await post(app, one, [operation(one), envelopeFrame('more')]);
    assert.equal(await streams.one.read(), 2);
    await post(app, other, [operation(other)]);
    // The first that it hears after the beginning is its own: it heard nothing of the other.
    assert.equal(await streams.other.read(), 1);
    await Promise.all([streams.one.close(), streams.other.close()]);
  });

  both('as many streams as one may have leave the other all of theirs', async (app, one, other) => {
    const streams = [];
    for (let count = 0; count < 32; count += 1) streams.push(await openStream(app, one));
    await assertRefused(await app.send(one, 'GET', paths.events), 'too-many-requests');
    const last = await openStream(app, other);
    await Promise.all([...streams, last].map((stream) => stream.close()));
    await (await openStream(app, one)).close();
  });

  both('an upload that hangs delays nobody else', async (app, one, other) => {
    const bytes = patternBytes(1_000);
    const { readable, writable } = new TransformStream<Uint8Array>();
    const writer = writable.getWriter();
    const hanging = app.send(one, 'PUT', paths.chunk(nameOf(bytes)), { body: readable });
    await writer.write(bytes.subarray(0, 10));
    assert.equal((await post(app, other, [operation(other)])).status, 200);
    assert.equal((await app.send(other, 'PUT', paths.chunk(nameOf(bytes)), { body: bytes })).status, 201);
    await writer.write(bytes.subarray(10));
    await writer.close();
    assert.equal((await hanging).status, 201);
  });

  test(`[SRV-114] ${name}: who is refused again and again, from the same address, delays nobody who has an account`, async (t) => {
    const stores = await open(t);
    const app = createManyApp(stores);
    const from = { peer: '203.0.113.7' };
    await app.send('alice', 'GET', paths.log, from);
    await app.send('bob', 'GET', paths.log, from);
    const bob = (await stores.directory.list()).find((one) => one.name === 'bob@example.org');
    assert.ok(bob !== undefined);
    await stores.directory.setClosed(bob.id, 1);
    const refused = Array.from({ length: 20 }, () => app.send('bob', 'GET', paths.log, from));
    assert.equal((await app.send('alice', 'GET', paths.log, from)).status, 200);
    await app.clock.advance(60_000);
    for (const answer of await Promise.all(refused)) await assertRefused(answer, 'forbidden');
  });

  test(`[SRV-112] ${name}: a stream ends when its account is closed, and the other's goes on`, async (t) => {
    const stores = await open(t);
    const app = createManyApp(stores);
    const [alice, bob] = [await openStream(app, 'alice'), await openStream(app, 'bob')];
    assert.deepEqual([await alice.read(), await bob.read()], [0, 0]);
    const account = (await stores.directory.list()).find((one) => one.name === 'bob@example.org');
    assert.ok(account !== undefined);
    await stores.directory.setClosed(account.id, 1);
    await app.clock.advance(25_000);
    assert.equal(await bob.read(), null);
    await post(app, 'alice', [operation('alice')]);
    assert.equal(await alice.read(), 1);
    await alice.close();
  });

  test(`[SRV-110] ${name}: the first requests of a person, all at once, make one account and one log`, async (t) => {
    const stores = await open(t);
    const app = createManyApp(stores);
    const logs = await Promise.all(Array.from({ length: 8 }, () => app.logOf('alice')));
    assert.equal(new Set(logs).size, 1);
    assert.notEqual(await app.logOf('bob'), logs[0]);
    assert.equal((await stores.directory.list()).length, 2);
  });

  test(`[SRV-115] ${name}: nobody with an account reads the metrics, which tell of everybody`, async (t) => {
    const app = createManyApp(await open(t));
    await assertRefused(await app.send('alice', 'GET', '/metrics'), 'forbidden');
  });
}

/** The same id whoever it is of, and other bytes. */
function operation(who: string): Frame {
  return { ...envelopeFrame('operation'), body: envelopeFrame(who).body };
}

function post(app: ManyApp, who: string, frames: readonly Frame[], query = ''): Promise<Response> {
  return app.send(who, 'POST', `${paths.operations}${query}`, {
    headers: { 'content-type': framesMediaType },
    body: encodeFrames(frames),
  });
}

async function pageOf(app: ManyApp, who: string): Promise<readonly Frame[]> {
  const answer = await app.send(who, 'GET', `${paths.operations}?after=0`);
  const decoded = decodeFrames(new Uint8Array(await answer.arrayBuffer()));
  assert.ok(decoded.ok);
  // A frame is a view into the body.
  return decoded.frames.map(({ kind, id, body }) => ({
    kind,
    id: Uint8Array.from(id),
    body: Uint8Array.from(body),
  }));
}

function json(value: unknown) {
  return { headers: { 'content-type': 'application/json' }, body: utf8ToBytes(JSON.stringify(value)) };
}

interface Stream {
  /** The next head; `null` when the stream is over. */
  read(): Promise<number | null>;
  close(): Promise<void>;
}

async function openStream(app: ManyApp, who: string): Promise<Stream> {
  const answer = await app.send(who, 'GET', paths.events);
  assert.equal(answer.status, 200);
  assert.ok(answer.body !== null);
  const reader = answer.body.getReader();
  return {
    read: async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return null;
        const [, head] = /"head":(\d+)/.exec(new TextDecoder().decode(value)) ?? [];
        if (head !== undefined) return Number(head);
      }
    },
    close: () => reader.cancel(),
  };
}
