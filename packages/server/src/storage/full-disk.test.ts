import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { encodeFrames, framesMediaType, logMessage, parseProblem, paths } from '@dataans/core';
import * as v from 'valibot';
import { nameOf, patternBytes } from '../chunks/chunk-store.contract.ts';
import { startServer } from '../start-server.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { fillDisk, smallDisk, whyNoSmallDisk } from '../testing/small-disk.ts';
import { afterTest } from '../testing/after-test.ts';

const skip = whyNoSmallDisk();
const chunk = new Uint8Array(patternBytes(900_000));

test(
  '[SRV-6] on a full disk a chunk is refused, nothing of it stays, and it is taken once there is room',
  { skip },
  async (t) => {
    const { address, disk, filler } = await serverOnFullDisk(t);
    await assertStorageFull(await putChunk(address));
    assert.deepEqual(await readdir(join(disk, 'incoming')), []);
    assert.equal((await fetch(address + paths.chunk(nameOf(chunk)))).status, 404);
    await rm(filler);
    assert.equal((await putChunk(address)).status, 201);
  },
);

test(
  '[SRV-6] on a full disk a batch is refused whole, what was there is still there, and it is taken once there is room',
  { skip },
  async (t) => {
    const { address, filler } = await serverOnFullDisk(t);
    const refused = await postUntilFull(address);
    const head = await headOf(address);
    assert.equal(head % 1_000, 0);
    const page = await fetch(`${address}${paths.operations}?after=${head - 1_000}`);
    assert.equal(page.status, 200);
    await rm(filler);
    assert.equal((await post(address, refused)).status, 200);
    assert.equal(await headOf(address), head + 1_000);
  },
);

test('[SRV-28] a server on a full disk is not well, until there is room', { skip }, async (t) => {
  const { address, filler } = await serverOnFullDisk(t, 16);
  assert.equal((await fetch(`${address}/health`)).status, 503);
  await rm(filler);
  assert.equal((await fetch(`${address}/health`)).status, 200);
});

test('[SRV-6] a server does not start on a full disk, and says why', { skip }, async (t) => {
  const disk = await smallDisk(t);
  await fillDisk(disk, 0);
  await assert.rejects(startServer({ dataFolder: join(disk, 'data') }), {
    name: 'OperatorError',
    message: /^Can't use the data folder .* \(.*\)\. .*DATAANS_DATA/,
  });
});

/** A server that has taken in a thousand operations and then finds next to no room. */
async function serverOnFullDisk(t: TestContext, megabytes?: number) {
  const disk = await smallDisk(t, megabytes);
  const server = await startServer({ dataFolder: disk });
  afterTest(t, () => server.close());
  assert.equal((await post(server.address, batch(0))).status, 200);
  return { address: server.address, disk, filler: await fillDisk(disk, 600_000) };
}

/** Batches until one is refused; returns that one. */
async function postUntilFull(address: string): Promise<Uint8Array<ArrayBuffer>> {
  for (let number = 1; ; number += 1) {
    assert.ok(number < 100);
    const answer = await post(address, batch(number));
    if (answer.ok) continue;
    await assertStorageFull(answer);
    return batch(number);
  }
}

function batch(number: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeFrames(envelopeFrames(`batch ${number}`, 1_000, 400)));
}

function post(address: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(address + paths.operations, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body,
  });
}

function putChunk(address: string): Promise<Response> {
  return fetch(address + paths.chunk(nameOf(chunk)), { method: 'PUT', body: chunk });
}

async function headOf(address: string): Promise<number> {
  return v.parse(logMessage, await (await fetch(address + paths.log)).json()).head;
}

async function assertStorageFull(answer: Response): Promise<void> {
  const problem = parseProblem(await answer.json());
  assert.equal(problem?.code, 'storage-full');
  assert.equal(answer.status, 507);
}
