import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { test, type TestContext } from 'node:test';
import type { Store } from '../../packages/client/src/store/store.ts';
import { createNodePlatform } from '@dataans/client/node';
import { createFilesGroup } from '../../packages/client/src/home/create-files.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { attach } from './attach.ts';
import { startInPlaceOf } from './healing-world.ts';
import { createMeddledTransport, cutOff, type Meddle } from './transports.ts';
import { addNotes, makeHome, noteTexts, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** A line on which chunks stand still until they are let through; what else goes over it does not wait. */
function createSlowLine(slow: string) {
  let isOpen = false;
  const standing: (() => void)[] = [];
  const told = new EventEmitter();
  const meddle: Meddle = async (line, { signal }, send) => {
    if (line !== slow || isOpen) return send();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    standing.push(resolve);
    signal.addEventListener('abort', () => reject(cutOff()), { once: true });
    told.emit('stands');
    await promise;
    return send();
  };
  return {
    transport: createMeddledTransport(meddle),
    stands: async () => {
      if (standing.length === 0) await once(told, 'stands');
    },
    open: () => {
      isOpen = true;
      for (const go of standing) go();
    },
  };
}

async function startWatch(t: TestContext, home: TestHome): Promise<void> {
  const abort = new AbortController();
  const engine = await home.engine();
  const running = engine.watch({ signal: abort.signal });
  afterTest(t, async () => {
    abort.abort();
    await running;
  });
}

async function until(store: Store, isMet: () => boolean): Promise<void> {
  const told = new EventEmitter();
  const stop = store.onChange(() => told.emit('change'));
  while (!isMet()) await once(told, 'change');
  stop();
}

const fileNames = ({ store }: TestHome) =>
  [...store.entities.files()].map(({ value }) => value.name).toSorted();

test('[SYN-26] [FIL-1] a note goes to another device and back while a film is being sent, and the film follows', async (t) => {
  const { address } = await startServer(t);
  const line = createSlowLine('PUT /v1/chunks/*');
  const a = await signedIn(t, address, undefined, { transport: line.transport });
  await addNotes(a, 1);
  await sync(a);
  const b = await signedIn(t, address, a);
  await attach(a, 'film', randomBytes(20_000_000));
  await startWatch(t, a);
  await startWatch(t, b);
  await line.stands();
  await addNotes(a, 1);
  await until(b.store, () => noteTexts(b).length === 2);
  assert.deepEqual(fileNames(b), [], 'the note is there, and what it holds is still to come');
  await addNotes(b, 1);
  await until(a.store, () => noteTexts(a).length === 3);
  assert.deepEqual(
    [a, b].map((home) => home.status().findings),
    [[], []],
  );
  line.open();
  await until(b.store, () => fileNames(b).length === 1);
  assert.deepEqual(b.status().findings, []);
});

test('[FIL-1] a sync does not end before the file whose chunks another one brought to the server meanwhile', async (t) => {
  const { address } = await startServer(t);
  const transport = createMeddledTransport(async (line, _, send) => {
    const answered = await send();
    // As the lane of a watch does once the chunks are there.
    if (line === 'POST /v1/operations')
      for (const { place } of a.store.log.waitingFiles(0, 1)) a.session().transfers.markReady(place);
    return answered;
  });
  const a = await signedIn(t, address, undefined, { transport });
  await sync(a); // It looks for lost chunks, too, which is not done twice a day.
  await addNotes(a, 1);
  await attach(a, 'photo', randomBytes(1_000));
  await sync(a);
  assert.equal(a.store.log.outboxCount(), 0);
});

test('[SYN-26] a note arrives while a film is being fetched', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await attach(a, 'film', randomBytes(20_000_000));
  await sync(a);
  const line = createSlowLine('GET /v1/chunks/*');
  const b = await signedIn(t, address, a, { transport: line.transport });
  await startWatch(t, b);
  await line.stands();
  await addNotes(a, 1);
  await sync(a);
  await until(b.store, () => noteTexts(b).length === 2);
  await addNotes(b, 1);
  await until(b.store, () => b.store.log.outboxCount() === 0);
  assert.equal(b.status().incompleteFiles, 1);
  line.open();
  const [film] = [...b.store.entities.files()];
  assert.ok(film !== undefined);
  await until(b.store, () => b.store.files.absence(film.id) === null);
});

test('[FIL-1] a photo that is attached while a film is being sent does not wait for the film', async (t) => {
  const { address } = await startServer(t);
  const told = new EventEmitter();
  const attached = Promise.withResolvers<void>();
  const puts = { begun: 0 };
  const transport = createMeddledTransport(async (line, _, send) => {
    if (line !== 'PUT /v1/chunks/*') return send();
    puts.begun += 1;
    told.emit('sent');
    if (puts.begun > 1) await attached.promise;
    return send();
  });
  const a = await signedIn(t, address, undefined, { transport });
  await attach(a, 'film', randomBytes(20_000_000));
  const backedUp = () =>
    [...a.store.entities.files()].filter((file) => file.backedUp).map(({ value }) => value.name);
  await startWatch(t, a);
  while (puts.begun < 8) await once(told, 'sent');
  await attach(a, 'photo', randomBytes(1_000));
  attached.resolve();
  await until(a.store, () => backedUp().length > 0);
  assert.deepEqual(backedUp(), ['photo']);
});

test('[FIL-1] a program that dies between the chunks and their operation sends no chunk again', async (t) => {
  const { address } = await startServer(t);
  let isCut = true;
  let posts = 0;
  const transport = createMeddledTransport((line, _, send) => {
    if (line !== 'POST /v1/operations') return send();
    posts += 1;
    return isCut && posts > 1 ? Promise.reject(cutOff()) : send();
  });
  const a = await signedIn(t, address, undefined, { transport });
  await attach(a, 'film', randomBytes(3_000_000));
  await assert.rejects(sync(a), { code: 'server-unreachable' });
  isCut = false;
  const report = await sync(a);
  assert.deepEqual([report.chunksSent, report.sent, report.held], [0, 1, 0]);
});

test('[HEAL-6] notes go to a wiped server and from it while a film is being sent to it again', async (t) => {
  const server = await startServer(t);
  const before = await signedIn(t, server.address);
  await attach(before, 'film', randomBytes(3_000_000));
  await sync(before);
  await before.close();
  await startInPlaceOf(t, server);
  const line = createSlowLine('PUT /v1/chunks/*');
  const a = await makeHome(t, { directory: before.directory, transport: line.transport });
  await startWatch(t, a);
  await line.stands();
  await addNotes(a, 1);
  const b = await signedIn(t, server.address, a);
  await startWatch(t, b);
  await until(b.store, () => noteTexts(b).length === 2);
  assert.deepEqual(fileNames(b), []);
  line.open();
  await until(b.store, () => b.store.files.incompleteCount() === 0 && fileNames(b).length === 1);
});

/** As a program sees them. */
const filesOf = (home: TestHome) => createFilesGroup(home, createNodePlatform(home));

test('[FIL-7] [FIL-9] what nobody wants stays on the server until somebody asks for it, and its state is told', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await attach(a, 'talk.mp3', randomBytes(2_500_000));
  const [waiting] = [...a.store.entities.files()];
  assert.ok(waiting !== undefined);
  assert.deepEqual(await filesOf(a).state(waiting.id), { kind: 'waiting', to: 'send' });
  await sync(a);
  assert.deepEqual(await filesOf(a).state(waiting.id), { kind: 'here' });
  const b = await signedIn(t, address, a);
  assert.deepEqual(await filesOf(b).state(waiting.id), { kind: 'waiting', to: 'arrive' });
  await filesOf(b).setPolicy('small');
  assert.equal(await filesOf(b).policy(), 'small');
  const report = await sync(b);
  assert.deepEqual([report.filesReceived, report.filesMissing, report.chunksReceived], [0, 0, 0]);
  assert.deepEqual(await filesOf(b).state(waiting.id), { kind: 'elsewhere' });
  assert.deepEqual([b.status().state, b.status().incompleteFiles], ['synced', 0]);
  await filesOf(b).fetch(waiting.id);
  assert.deepEqual(await filesOf(b).state(waiting.id), { kind: 'here' });
});

test('[FIL-7] what somebody wants left on the server is fetched no further', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await attach(a, 'film', randomBytes(8_000_000));
  await sync(a);
  const line = createSlowLine('GET /v1/chunks/*');
  const b = await signedIn(t, address, a, { transport: line.transport });
  const [film] = [...a.store.entities.files()];
  assert.ok(film !== undefined);
  const syncing = sync(b);
  await line.stands();
  assert.equal((await filesOf(b).state(film.id)).kind, 'fetching');
  await filesOf(b).cancel(film.id);
  line.open();
  const report = await syncing;
  assert.deepEqual([report.filesReceived, report.filesMissing, report.problems.length], [0, 0, 0]);
  assert.ok(report.chunksReceived < 8, String(report.chunksReceived));
  assert.deepEqual(await filesOf(b).state(film.id), { kind: 'elsewhere' });
});
