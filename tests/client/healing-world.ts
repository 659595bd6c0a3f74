import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import type { Clock } from '@dataans/client';
import type { SealedFile } from '../../packages/client/src/files/files.ts';
import { unpackChunkNames } from '@dataans/core';
import type { HomeOptions } from '@dataans/client/node';
import { createSystemClock } from '../../packages/client/src/node/clock.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import type { TestServer } from '../world/server.ts';
import { createMeddledTransport, cutOff } from './transports.ts';
import { makeHome, noteTexts, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Stops a server and starts one at its address, with this data folder or an empty one. */
export async function startInPlaceOf(
  t: TestContext,
  server: TestServer,
  dataFolder?: string,
): Promise<TestServer> {
  await server.stop();
  const env = { DATAANS_PORT: new URL(server.address).port };
  return startServer(t, { env, ...(dataFolder === undefined ? {} : { dataFolder }) });
}

export async function copyOf(t: TestContext, folder: string): Promise<string> {
  const copy = await temporaryFolder(t);
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** Stops the server, copies its data folder, and starts it again. */
export async function backUp(
  t: TestContext,
  server: TestServer,
): Promise<{ readonly server: TestServer; readonly copy: string }> {
  await server.stop();
  const copy = await copyOf(t, server.dataFolder);
  const env = { DATAANS_PORT: new URL(server.address).port };
  return { server: await startServer(t, { env, dataFolder: server.dataFolder }), copy };
}

/** Everything that a new device finds on a server is what these homes hold. */
export async function assertWhole(
  t: TestContext,
  address: string,
  ...homes: readonly TestHome[]
): Promise<void> {
  for (const home of homes) await sync(home);
  for (const home of homes) await sync(home);
  const [first] = homes;
  assert.ok(first !== undefined);
  const newcomer = await signedIn(t, address, first);
  await sync(newcomer);
  for (const home of homes) {
    assert.deepEqual(noteTexts(home), noteTexts(newcomer));
    assert.equal(home.store.log.outboxCount(), 0);
    assert.equal(home.status().problem, null);
    assert.deepEqual(home.store.log.holes(), []);
  }
  assert.deepEqual(newcomer.store.log.holes(), []);
  assert.deepEqual(
    newcomer.store.files.incomplete().map(({ value }) => value.name),
    [],
  );
}

/** A home in a copy of the folder of another one. */
export async function copyHome(
  t: TestContext,
  home: TestHome,
  options: Partial<HomeOptions> = {},
): Promise<TestHome> {
  return makeHome(t, { ...options, directory: await copyOf(t, home.directory) });
}

/** Does not wait before it asks again. */
export function createHastyClock(): Clock {
  const clock = createSystemClock();
  return {
    now: clock.now,
    sleep: (ms, signal) => (ms < longestPauseMs ? Promise.resolve() : clock.sleep(ms, signal)),
  };
}

const longestPauseMs = 10_000;

/** The real network, which is gone after so many requests until it is mended. */
export function cutAfter(requests: number) {
  let sent = 0;
  let isMended = false;
  const isCut = (): boolean => sent > requests;
  const transport = createMeddledTransport((_line, _request, send) => {
    sent += 1;
    return isCut() && !isMended ? Promise.reject(cutOff()) : send();
  });
  return {
    transport,
    isCut,
    mend: () => {
      isMended = true;
    },
  };
}

export async function headOf(address: string): Promise<number> {
  return ((await (await fetch(`${address}/v1/log`)).json()) as { head: number }).head;
}

/** Those of the content's chunks that a server has not. */
export async function missingChunks(address: string, { chunks }: SealedFile): Promise<readonly string[]> {
  const answer = await fetch(`${address}/v1/chunks/missing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ names: unpackChunkNames(chunks) }),
  });
  return ((await answer.json()) as { names: readonly string[] }).names;
}

/** Deletes the file of this size. */
export async function deleteFile(home: TestHome, bytes: number): Promise<void> {
  const [note] = [...home.store.entities.notes()];
  const file = note?.value.files
    .map((id) => home.store.entities.read('file', id))
    .find((found) => found?.value.bytes === bytes);
  assert.ok(file !== undefined && file !== null);
  await (
    await home.notebook()
  ).record(() => [{ entity: 'file', id: file.id, parents: file.heads, deleted: true, value: file.value }]);
}
