import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notePage } from './note-page.ts';

function createPage() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const page = Object.assign(new EventTarget(), { document });
  const told: string[] = [];
  const stop = notePage(page, {
    leave: () => told.push('leave'),
    comeBack: () => told.push('come back'),
    retry: async () => {
      told.push('retry');
      throw new TypeError('There is no server.'); // Nobody waits for it.
    },
  });
  return { page, document, told, stop };
}

test('[SYN-24] a page that is shown again, or online again, tries at once; one that is hidden does not', () => {
  const { page, document, told } = createPage();
  page.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  assert.deepEqual(told, ['retry', 'retry']);
});

test('[BRW-9] a page lets go when it is put away, and comes back if the browser has kept it', () => {
  const { page, told, stop } = createPage();
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  page.dispatchEvent(new Event('pagehide'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  assert.deepEqual(told, ['leave', 'come back', 'retry']);
  stop();
  page.dispatchEvent(new Event('pagehide'));
  assert.equal(told.length, 3);
});
