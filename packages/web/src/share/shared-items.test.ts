import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetShared, keepShared, readShared, type SharedCaches } from './shared-items.ts';

const origin = 'https://notes.example.org';

/** One cache as a browser has it, as far as it is used. */
function createCaches(): SharedCaches {
  const kept = new Map<string, Response>();
  const urlOf = (request: RequestInfo | URL): string =>
    typeof request === 'string' ? origin + request : request instanceof URL ? request.href : request.url;
  const cache = {
    put: async (path: string, response: Response) => void kept.set(urlOf(path), response),
    match: async (request: RequestInfo) => kept.get(urlOf(request))?.clone(),
    delete: async (path: string) => kept.delete(urlOf(path)),
    keys: async () => Array.from(kept.keys(), (url) => new Request(url)),
  };
  // No other part of a cache is used.
  return { open: async () => cache as unknown as Cache };
}

const share = (id: string, ...names: readonly string[]) => ({
  id,
  text: `words of ${id}`,
  files: names.map((name) => new File([name], name, { type: 'image/png' })),
});

test('[BRW-13] what was shared waits with its files until it is forgotten', async () => {
  const caches = createCaches();
  await keepShared(caches, share('a', 'one.png', 'two.png'));
  await keepShared(caches, share('b'));
  const items = await readShared(caches);
  assert.deepEqual(
    items.map(({ id, text, files }) => [id, text, files.map(({ name, type }) => [name, type])]),
    [
      [
        'a',
        'words of a',
        [
          ['one.png', 'image/png'],
          ['two.png', 'image/png'],
        ],
      ],
      ['b', 'words of b', []],
    ],
  );
  assert.equal(await items[0]?.files[1]?.text(), 'two.png');
  for (const item of items) await forgetShared(caches, item);
  assert.deepEqual(await (await caches.open('')).keys(), []);
});

test('[BRW-13] no page can fill the browser with what nobody looks at', async () => {
  const caches = createCaches();
  for (let number = 0; number < 20; number += 1) await keepShared(caches, share(String(number)));
  await assert.rejects(keepShared(caches, share('one more')));
  assert.equal((await readShared(caches)).length, 20);
});
