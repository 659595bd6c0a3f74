import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, randomBytesToUuid, type LogId } from '@dataans/core';
import { nameOf, patternBytes, piecesOf } from '../chunks/chunk-store.contract.ts';
import { createMemoryChunks } from '../chunks/memory-chunks.ts';
import { sha256 } from '../hash.ts';
import { createMemoryLog } from '../log/memory-log.ts';
import { envelopeFrame, envelopeFrames } from '../testing/frames.ts';
import { limitStores } from './limit-stores.ts';

const over = { name: 'OverQuotaError' };
const operationBytes = limits.envelopeBytesMin;
const chunkBytes = 10 * operationBytes;
/** Ten operations, or one chunk. */
const quota = chunkBytes;

test('[SRV-117] operations are taken up to 110 % of a quota, and the batch that goes beyond is stored in no part', async () => {
  const { stores, put } = setUp();
  await put('a');
  await stores.log.append([envelopeFrame('one more')]);
  await assert.rejects(stores.log.append(envelopeFrames('two', 2)), over);
  assert.equal((await stores.log.head()).seq, 1);
});

test('[SRV-117] chunks are taken up to a quota, and notes go on when they are not', async () => {
  const { stores, put } = setUp();
  assert.equal(await put('a'), 'stored');
  await assert.rejects(put('b'), over);
  assert.deepEqual((await stores.chunks.list(null, 9)).length, 1);
  await stores.log.append([envelopeFrame('a note')]);
});

test('[SRV-117] what is there is acknowledged again when there is no room, within a batch too', async () => {
  const { stores, put } = setUp();
  const batch = envelopeFrames('operation', 11);
  await stores.log.append(batch);
  const again = await stores.log.append(batch);
  assert.ok(again.ok && again.already.length === 11);
  await assert.rejects(stores.log.append([...batch, envelopeFrame('new')]), over);
  const full = setUp();
  await full.put('a');
  assert.equal(await full.put('a'), 'already');
  await assert.rejects(put('a'), over);
});

test('[SRV-117] chunks that arrive at once do not take the same room twice', async () => {
  const { stores } = setUp(2 * chunkBytes);
  const bytes = [1, 2, 3].map((first) => Uint8Array.of(first, ...patternBytes(chunkBytes - 1)));
  const outcomes = await Promise.allSettled(
    bytes.map((body) => stores.chunks.put(nameOf(body), piecesOf(body, operationBytes))),
  );
  assert.ok(outcomes.some(({ status }) => status === 'rejected'));
  assert.ok((await stores.chunks.usage()).bytes <= 2 * chunkBytes);
});

test('[SRV-117] the account record is taken however full it is', async () => {
  const { stores, put } = setUp();
  await put('a');
  await stores.log.append([envelopeFrame('one more')]);
  assert.equal(await stores.log.putAccount(new Uint8Array(1_000), { kind: 'absent' }), true);
});

test('[SRV-117] a quota that is raised counts at once, and without one there is no end', async () => {
  const { stores, put, setQuota } = setUp();
  await put('a');
  await assert.rejects(put('b'), over);
  setQuota(2 * quota);
  assert.equal(await put('b'), 'stored');
  setQuota(null);
  await stores.log.append(envelopeFrames('operation', 1_000));
  setQuota(quota);
  await assert.rejects(stores.log.append([envelopeFrame('new')]), over);
});

test('[SRV-117] what the log had before it was opened counts', async () => {
  const log = emptyLog();
  await log.append(envelopeFrames('before', 11));
  const { stores } = setUp(quota, log);
  await assert.rejects(stores.log.append([envelopeFrame('new')]), over);
});

test('[SRV-117] what could not be counted is counted by the next one', async () => {
  let failures = 1;
  const stores = limitStores(
    { log: emptyLog(), chunks: createMemoryChunks({ hash: sha256 }) },
    {
      quota: async () => quota,
      operationBytes: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('The disk does not answer.');
        return 0;
      },
    },
  );
  await assert.rejects(stores.log.append([envelopeFrame('a note')]), { message: /disk/ });
  assert.ok((await stores.log.append([envelopeFrame('a note')])).ok);
});

function emptyLog() {
  return createMemoryLog({ log: randomBytesToUuid<LogId>(new Uint8Array(16)), hash: sha256 });
}

function setUp(first: number = quota, log = emptyLog()) {
  let max: number | null = first;
  const stores = limitStores(
    { log, chunks: createMemoryChunks({ hash: sha256 }) },
    { quota: async () => max, operationBytes: async () => (await log.head()).seq * operationBytes },
  );
  return {
    stores,
    setQuota: (bytes: number | null) => {
      max = bytes;
    },
    put: (text: string) => {
      const body = Uint8Array.of(text.charCodeAt(0), ...patternBytes(chunkBytes - 1));
      return stores.chunks.put(nameOf(body), piecesOf(body, operationBytes));
    },
  };
}
