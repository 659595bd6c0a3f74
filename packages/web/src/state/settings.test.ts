import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepSettings, readSettings } from './settings.ts';

function createStorage(kept: string | null = null) {
  let text = kept;
  return {
    getItem: () => text,
    setItem: (_: string, next: string) => {
      text = next;
    },
  };
}

test('what was chosen is kept', () => {
  const storage = createStorage();
  const chosen = { theme: 'dark', text: 'large', language: 'uk', enterSends: false } as const;
  keepSettings(storage, chosen);
  assert.deepEqual(readSettings(storage, ['en']), chosen);
});

test('whatever lies there, the app opens', () => {
  const usual = { theme: 'system', text: 'normal', language: 'uk', enterSends: true };
  for (const kept of [null, '', 'null', '[]', '{"theme":1,"language":"xx","text":"giant"}'])
    assert.deepEqual(readSettings(createStorage(kept), ['uk-UA']), usual);
});
