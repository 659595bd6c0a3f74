import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './en.ts';
import { uk } from './uk.ts';
import { chooseLanguage } from './words.ts';

test('the first language of the reader that the app speaks is taken, else English', () => {
  assert.equal(chooseLanguage(['de-AT', 'uk-UA', 'en']), 'uk');
  assert.equal(chooseLanguage(['ja']), 'en');
});

test('no language says nothing, or something in the words of another', () => {
  const sameInBoth = new Set(['Dataans']);
  assert.deepEqual(Object.keys(uk).toSorted(), Object.keys(en).toSorted());
  for (const [key, said] of Object.entries(uk)) {
    if (typeof said !== 'string') continue;
    assert.ok(said.trim().length > 0, key);
    assert.ok(sameInBoth.has(said) || said !== en[key as keyof typeof en], `${key} is not translated`);
  }
});
