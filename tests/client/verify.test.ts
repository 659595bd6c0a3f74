import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { VerifyProgress } from '@dataans/client';
import { unpackChunkNames, type EntityId } from '@dataans/core';
import { attachRandomFile } from './attach.ts';
import { createMeddledTransport } from './transports.ts';
import { addNotes, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

async function verify(
  home: TestHome,
  options: Parameters<Awaited<ReturnType<TestHome['verifier']>>>[0] = {},
) {
  return (await home.verifier())(options);
}

test('[VFY-7] a whole server is found whole, what is new there is told, and nothing changes', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 5);
  await attachRandomFile(a, 2_500_000);
  await sync(a);
  const b = await signedIn(t, address, a);
  const fresh = await verify(b, { deep: true });
  assert.deepEqual([fresh.entries.checked, fresh.entries.opened, fresh.entries.unreceived], [9, 9, 9]);
  assert.equal(b.store.log.operationCount(), 1);
  await sync(b);
  await addNotes(b, 2);
  await sync(b);
  await addNotes(a, 1);
  const before = [a.store.log.cursor(), a.store.log.outboxCount(), a.store.log.operationCount()];
  const report = await verify(a);
  assert.deepEqual(report.entries, {
    checked: 12,
    opened: 12,
    same: 9,
    unreceived: 3,
    notUnderstood: 0,
  });
  assert.deepEqual(report.chunks, { files: 1, chunks: 3, fetchedBytes: 0 });
  assert.deepEqual([report.pending, report.head, report.found.count], [1, 12, 0]);
  assert.deepEqual([a.store.log.cursor(), a.store.log.outboxCount(), a.store.log.operationCount()], before);
});

test('[VFY-8] [VFY-9] a chunk that the server lost or that was damaged there is found, and the next sync sends it again', async (t) => {
  const server = await startServer(t);
  const a = await signedIn(t, server.address);
  const { chunks } = await attachRandomFile(a, 3_500_000);
  await sync(a);
  const [lost = '', damaged = ''] = unpackChunkNames(chunks) ?? [];
  const pathOf = (name: string) => join(server.dataFolder, 'chunks', name.slice(0, 2), name);
  await rm(pathOf(lost));
  assert.deepEqual(
    (await verify(a)).found.findings.map(({ kind, concerns }) => [kind, concerns.chunk, concerns.file]),
    [['chunk-missing', lost, 'film']],
  );
  const file = await open(pathOf(damaged), 'r+');
  await file.write(Uint8Array.of(0xff, 0x00, 0xff), 0, 3, 1_000);
  await file.close();
  const deep = await verify(a, { deep: true });
  assert.deepEqual(deep.found.findings.map(({ kind, concerns }) => `${kind} ${concerns.chunk}`).toSorted(), [
    `chunk-altered ${damaged}`,
    `chunk-missing ${lost}`,
  ]);
  assert.equal((await verify(a)).found.count, 2);
  assert.equal(a.status().findingCount, 2);
  await sync(a);
  assert.equal(a.status().findingCount, 0);
  assert.equal((await verify(a, { deep: true })).found.count, 0);
});

test('[VFY-8] a chunk that is whole and does not fit the file is found, and no sync can mend it', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const files = await a.files();
  const content = {
    bytes: 300_000,
    pieces: async function* zeros() {
      yield new Uint8Array(300_000);
    },
  };
  const { chunks } = await files.seal(content);
  const id = randomUUID() as EntityId; // A random UUID is what an entity id is.
  const notebook = await a.notebook();
  const value = { name: 'wrong', bytes: 5, chunks };
  await notebook.record(() => [{ entity: 'file', id, parents: [], deleted: false, value }]);
  await sync(a);
  assert.equal((await verify(a)).found.count, 0);
  const kinds = async () => (await verify(a, { deep: true })).found.findings.map(({ kind }) => kind);
  assert.deepEqual(await kinds(), ['chunk-unreadable']);
  await sync(a);
  assert.equal(a.status().findingCount, 1);
  assert.deepEqual(await kinds(), ['chunk-unreadable']);
});

test('[VFY-10] an interrupted verification goes on where it was, and from the start when told to', async (t) => {
  const { address } = await startServer(t);
  const stop = new AbortController();
  const lines: string[] = [];
  const a = await signedIn(t, address, undefined, {
    transport: createMeddledTransport((_line, request, send) => {
      lines.push(new URL(request.url).pathname + new URL(request.url).search);
      return send();
    }),
  });
  for (let round = 0; round < 6; round += 1) {
    await addNotes(a, 700);
    await sync(a);
  }
  const stopping = (progress: VerifyProgress): void => {
    if (progress.done >= 2_000) stop.abort();
  };
  await assert.rejects(verify(a, { signal: stop.signal, onProgress: stopping }), { name: 'AbortError' });
  lines.length = 0;
  const report = await verify(a);
  assert.ok(report.resumedAt >= 2_000, String(report.resumedAt));
  assert.equal(report.entries.checked, 4_202);
  assert.equal(report.entries.same, 4_202);
  assert.ok(
    lines.some((line) => line.startsWith(`/v1/operations?after=${report.resumedAt}&chain=`)),
    lines.join('\n'),
  );
  assert.equal((await verify(a)).resumedAt, 0);
});
