import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPassphraseLink, takeLinkedPassphrase } from './passphrase-link.ts';

const words = 'їжак & plus+ #hash "тест"';

function open(address: string) {
  const { hash, pathname, search } = new URL(address);
  const shown: unknown[] = [];
  const page = {
    location: { hash, pathname, search },
    history: {
      state: null,
      replaceState: (_: unknown, __: string, next?: string | URL | null) => shown.push(next),
    },
  };
  return { passphrase: takeLinkedPassphrase(page), shown };
}

test('a link gives back the passphrase, whatever is in it, and the address is without it at once', () => {
  const { passphrase, shown } = open(formatPassphraseLink('https://notes.example.org', words));
  assert.equal(passphrase, words);
  assert.deepEqual(shown, ['/app/']);
});

test('no server is ever sent the passphrase of a link: it is behind the #', () => {
  const { pathname, search } = new URL(formatPassphraseLink('https://notes.example.org', words));
  assert.deepEqual([pathname, search], ['/app/', '']);
});

test('a link that was cut short is none, and any other address stays as it is', () => {
  assert.deepEqual(open('https://notes.example.org/app/#passphrase=%D1'), {
    passphrase: null,
    shown: ['/app/'],
  });
  assert.deepEqual(open('https://notes.example.org/app/s/x?a=b#c'), { passphrase: null, shown: [] });
});
