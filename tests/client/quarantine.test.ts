import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { QuarantineReason } from '@dataans/client';
import {
  chainFrames,
  createKeyring,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  limits,
  sealEnvelopes,
  startChain,
  unlockKeyring,
  utf8ToBytes,
  type DataKey,
  type Frame,
  type Keyring,
  type LogId,
} from '@dataans/core';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import {
  credentialsPath,
  readCredentials,
  writeCredentials,
} from '../../packages/client/src/node/credentials.ts';
import { addNotes, makeHome, noteTexts, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const primitives = createNodePrimitives();

function keyringOf(home: TestHome): Keyring {
  const credentials = readCredentials(credentialsPath(home.directory));
  assert.ok(credentials !== null);
  return credentials.keyring;
}

async function unlockCurrent(keyring: Keyring): Promise<DataKey> {
  return (await unlockKeyring(primitives, keyring)).current;
}

async function seal(key: DataKey, text: string, id = randomBytes(16)): Promise<Frame> {
  const [body] = await sealEnvelopes(primitives, key, [{ id, encoded: utf8ToBytes(text) }]);
  assert.ok(body !== undefined);
  return { kind: 'envelope', id, body };
}

function withByte(frame: Frame, index: number, value: number): Frame {
  const body = Uint8Array.from(frame.body);
  body[index < 0 ? body.length + index : index] = value;
  return { ...frame, body };
}

/** Appends to the log what no device of this program would send. */
async function post(address: string, frames: readonly Frame[]): Promise<void> {
  for (const frame of frames) {
    const answer = await fetch(`${address}/v1/operations`, {
      method: 'POST',
      headers: { 'content-type': framesMediaType },
      body: Buffer.from(encodeFrames([frame])),
    });
    assert.equal(answer.status, 200, await answer.text());
  }
}

const uuid = '00000000-0000-4000-8000-000000000001';
const header = `"device":"${uuid}","n":1,"at":1,"c":0,"id":"${uuid}","parents":[],"deleted":false`;
const device = `"entity":"device","value":{"name":"x"}`;

test('[STO-10] whatever cannot be opened or understood is kept, counted by its reason, and stops nothing', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  const key = await unlockCurrent(keyringOf(a));
  const unknown = await unlockCurrent(createKeyring(primitives));
  const good = `{"v":1,${header},${device}}`;
  const cases: readonly (readonly [QuarantineReason, Frame])[] = [
    ['not-understood', await seal(key, `{"v":2,${header},${device}}`)],
    ['not-understood', await seal(key, `{"v":1,${header},"entity":"tag","value":{"name":"x"}}`)],
    ['not-understood', await seal(key, `{"v":7,"text":"${'x'.repeat(limits.operationBytesMax - 20)}"}`)],
    ['unknown-version', withByte(await seal(key, good), 0, 2)],
    ['unknown-key', await seal(unknown, good)],
    ['not-authentic', withByte(await seal(key, good), -1, 0)],
    ['not-authentic', { ...(await seal(key, good)), id: randomBytes(16) }],
    ['malformed', await seal(key, 'null')],
    ['malformed', await seal(key, 'no JSON')],
    ['malformed', await seal(key, '[]')],
    ['malformed', await seal(key, `{"v":1,${header},"entity":"note","value":{"name":7}}`)],
    ['malformed', await seal(key, `{"v":1,${header},"entity":"space","value":{"name":"x","icon":1}}`)],
    ['malformed', await seal(key, `${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['malformed', await seal(key, '{"v":"1"}')],
  ];
  await post(
    address,
    cases.map(([, frame]) => frame),
  );
  await addNotes(a, 1);
  assert.equal((await sync(a)).quarantined, cases.length);

  const b = await signedIn(t, address, a);
  const report = await sync(b);
  assert.deepEqual([report.quarantined, report.problems], [cases.length, []]);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  for (const home of [a, b]) {
    assert.deepEqual(
      home.store.log.quarantine().map(({ reason }) => reason),
      cases.map(([reason]) => reason),
    );
    for (const [index, { id, bytes }] of home.store.log.quarantine().entries()) {
      const body = cases[index]?.[1].body;
      assert.equal(bytes, body?.length);
      assert.deepEqual(home.store.log.quarantinedEnvelope(id), body && Uint8Array.from(body));
    }
    const { quarantined, quarantinedBy } = home.status();
    assert.equal(quarantined, cases.length);
    assert.equal(quarantinedBy['malformed'], 7);
    const again = await sync(home);
    assert.deepEqual([again.quarantined, again.released], [0, 0]);
    assert.match(home.store.facts.read('quarantine-reader') ?? '', /^2 [0-9a-f]{8}$/, 'tried once');
  }
  await addNotes(b, 1);
  await sync(b);
  assert.equal((await sync(a)).received, 1);
  assert.deepEqual(noteTexts(a), noteTexts(b));
});

test('[STO-21] what was sealed under an unknown key is used as soon as the key is here', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const b = await signedIn(t, address, a);
  const keys = [keyringOf(a), createKeyring(primitives)].flatMap((keyring) => keyring.keys);
  const newKey = keys.at(-1);
  assert.ok(newKey !== undefined);
  const giveKey = async (home: TestHome): Promise<TestHome> => {
    const credentials = readCredentials(credentialsPath(home.directory));
    assert.ok(credentials !== null);
    const keyring = { current: newKey.id, keys };
    await writeCredentials(credentialsPath(home.directory), { ...credentials, keyring });
    await home.close();
    return makeHome(t, { directory: home.directory });
  };
  const newer = await giveKey(a);
  await addNotes(newer, 3);
  await sync(newer);
  assert.equal((await sync(b)).quarantined, 4);
  assert.deepEqual(b.status().quarantinedBy, { 'unknown-key': 4 });
  assert.deepEqual(noteTexts(b), []);

  const withKey = await giveKey(b);
  const report = await sync(withKey);
  assert.deepEqual([report.released, report.received, report.problems], [4, 0, []]);
  assert.equal(withKey.status().quarantined, 0);
  assert.deepEqual(noteTexts(withKey), noteTexts(newer));
  assert.deepEqual(withKey.store.log.holes(), []);
  assert.equal((await sync(withKey)).released, 0);
  await sync(newer);
  assert.deepEqual(withKey.store.log.cursor(), newer.store.log.cursor());
});

/** What an older program would have left of the log, which understood nothing of it. */
async function keepAllAside(home: TestHome, address: string): Promise<void> {
  const { log } = (await (await fetch(`${address}/v1/log`)).json()) as { log: LogId };
  const answer = await fetch(`${address}/v1/operations?after=0&limit=1000`);
  const decoded = decodeFrames(new Uint8Array(await answer.arrayBuffer()));
  assert.ok(decoded.ok);
  const { frames } = decoded;
  const chain = chainFrames(primitives.hash, startChain(primitives.hash, log), frames).at(-1);
  assert.ok(chain !== undefined);
  home.store.log.applyPage(
    frames.map(({ id, body }, index) => ({
      seq: index + 1,
      id,
      envelope: body,
      opened: { ok: false, code: 'not-understood' },
    })),
    { log, seq: frames.length, chain },
    Date.now(),
  );
  home.store.facts.write('quarantine-reader', '0');
}

test('[STO-21] a newer program uses what an older one kept aside, without a server too', async (t) => {
  const server = await startServer(t);
  const a = await signedIn(t, server.address);
  await addNotes(a, 1_500);
  await sync(a);
  const b = await signedIn(t, server.address, a);
  await keepAllAside(b, server.address);
  assert.deepEqual([b.status().quarantined, noteTexts(b).length], [1_000, 0]);
  const port = new URL(server.address).port;
  await server.stop();
  await assert.rejects(sync(b), { code: 'server-unreachable' });
  assert.deepEqual([b.status().quarantined, noteTexts(b).length], [0, 998]);

  await startServer(t, { env: { DATAANS_PORT: port }, dataFolder: server.dataFolder });
  assert.deepEqual((await sync(b)).problems, []);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.deepEqual(b.store.log.holes(), []);
  assert.equal(b.store.log.outboxCount(), 0);
});
