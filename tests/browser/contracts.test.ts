import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { callWorker } from './chromium.ts';
import { openTestPage, type TestPage } from './test-page.ts';

let testPage: TestPage;
let page: Page;

before(async () => {
  testPage = await openTestPage();
  page = await testPage.openTab();
});

after(() => testPage?.close());

/** The derivations of the vectors alone take seconds on a machine that does nothing else. */
const checkMs = 180_000;

test('[VER-1] whoever opens /?check reads that the adapters keep their contracts and every vector holds', async () => {
  const checked = await testPage.browser.newPage();
  await checked.goto(`${testPage.address}/?check`);
  await checked
    .getByRole('status')
    .filter({ hasText: /^This browser (?:passed|failed)/ })
    .waitFor({ timeout: checkMs });
  assert.deepEqual(await checked.locator('pre').allTextContents(), []);
  const parts = await checked.getByRole('heading').allTextContents();
  const passed = parts.map((part) => Number(/: (\d+) of \d+ passed$/.exec(part)?.[1]));
  const [storage = 0, vectors = 0] = passed;
  assert.ok(storage > 20 && vectors > 150, parts.join(', '));
  assert.equal(
    await checked.getByRole('status').textContent(),
    `This browser passed all ${storage + vectors} checks.`,
  );
  await checked.close();
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
