import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { callWorker } from './chromium.ts';
import type { VectorResult } from '../vectors/run-vectors.ts';
import type { TestOutcome } from './page/registered-tests.ts';
import { openTestPage, type TestPage } from './test-page.ts';

let testPage: TestPage;
let page: Page;

before(async () => {
  testPage = await openTestPage();
  page = await testPage.openTab();
});

after(() => testPage?.close());

test('the browser adapters do what their contracts say', async () => {
  const outcomes = (await callWorker(page, 'contracts', 'runRegisteredTests')) as readonly TestOutcome[];
  assert.ok(outcomes.length > 20);
  assert.deepEqual(
    outcomes.filter(({ failure }) => failure !== null),
    [],
  );
});

test('[VER-1] every vector holds with the WebCrypto of a browser', async () => {
  const results = (await callWorker(page, 'contracts', 'runVectors')) as readonly VectorResult[];
  assert.ok(results.length > 150);
  assert.deepEqual(
    results.filter(({ failure }) => failure !== null),
    [],
  );
});

test('[BRW-2] a second tab is told that the store is open elsewhere, and the first one loses nothing', async () => {
  const second = await testPage.openTab();
  await callWorker(page, 'storage', 'open');
  await callWorker(page, 'storage', 'add', 10);
  await assert.rejects(callWorker(second, 'storage', 'open'), { code: 'busy' });
  await callWorker(page, 'storage', 'add', 10);
  await callWorker(page, 'storage', 'close');
  await callWorker(second, 'storage', 'open');
  assert.equal(await callWorker(second, 'storage', 'count'), 2);
  await callWorker(second, 'storage', 'close');
  await second.close();
});

test('[BRW-3] a browser without space says so, and what was there before is still there', async () => {
  const devtools = await testPage.browser.newCDPSession(page);
  await callWorker(page, 'storage', 'open');
  const kept = await callWorker(page, 'storage', 'count');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: testPage.address, quotaSize: 0 });
  await assert.rejects(callWorker(page, 'storage', 'add', 20_000_000), { code: 'storage-full' });
  await assert.rejects(callWorker(page, 'storage', 'putChunk', 20_000_000), { code: 'storage-full' });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: testPage.address });
  assert.equal(await callWorker(page, 'storage', 'count'), kept);
  await callWorker(page, 'storage', 'add', 10);
  assert.equal(await callWorker(page, 'storage', 'putChunk', 1_000), true);
  await callWorker(page, 'storage', 'close');
});
