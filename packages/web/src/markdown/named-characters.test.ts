import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { allNames, decodeHTMLStrict } from './named-characters.ts';

test('a common name is its character at once', () => {
  assert.equal(decodeHTMLStrict('&mdash;'), '—');
  assert.equal(decodeHTMLStrict('&nbsp;'), '\u{a0}');
  assert.equal(allNames.peek(), null);
});

test('any other name stays as it is until all are there, which whoever shows the note is told', async () => {
  const told = new EventTarget();
  const loaded = once(told, 'loaded');
  const stop = allNames.subscribe((names) => {
    if (names !== null) told.dispatchEvent(new Event('loaded'));
  });
  assert.equal(decodeHTMLStrict('&lambda;'), '&lambda;');
  await loaded;
  stop();
  assert.equal(decodeHTMLStrict('&lambda;'), 'λ');
  assert.equal(decodeHTMLStrict('&nosuchname;'), '&nosuchname;');
});
