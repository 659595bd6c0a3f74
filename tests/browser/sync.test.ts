import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createWorld, password, type World } from '../cli/processes.ts';
import { callWorker } from './chromium.ts';
import { hashFolder, unpackNotes } from './notes-to-import.ts';
import { openTestPage, type TestPage } from './test-page.ts';

const homeName = 'dataans';
const passphrase = 'a passphrase of several words';
const attached = [0, 1, 2, 253, 254, 255];

let world: World;
let testPage: TestPage;
let page: Page;
let notes: string;

before(async () => {
  [world, testPage] = await Promise.all([createWorld(), openTestPage()]);
  testPage.front.forwardTo(await world.startServer('server', { DATAANS_PUBLIC_URL: testPage.front.address }));
  notes = await unpackNotes(world.folder);
  page = await testPage.openTab();
});

after(async () => {
  await testPage?.close();
  await world?.close();
});

const inHome = <Result>(name: string, ...parameters: readonly unknown[]) =>
  callWorker(page, 'home', name, ...parameters) as Promise<Result>; // What the worker's function returns.

test('what the command line imported and sent is in the browser after one sync, byte for byte', async () => {
  await world.succeed('laptop', ['sign-in', testPage.front.address, '--passphrase', passphrase]);
  await world.succeed('laptop', ['import', notes]);
  await world.succeed('laptop', ['sync']);

  assert.deepEqual(await inHome('open', homeName, 0), { signedIn: false, spaces: 0, notes: 0, files: 0 });
  const { origin } = new URL(testPage.front.address);
  await assert.rejects(inHome('signIn', origin, 'wrong', passphrase), { code: 'wrong-credentials' });
  assert.equal(await inHome('signIn', origin, password, passphrase), 'opened');
  const report = await inHome<{ received: number; filesReceived: number; ms: number }>('sync');
  console.log(report);

  const expected = await hashFolder(notes);
  assert.deepEqual(new Map(await inHome<[string, string][]>('hashNotes')), new Map(expected));
  assert.ok(report.received > expected.length);
  assert.deepEqual(await inHome('search', 'Archiving utility'), ['tar.md']);
});
