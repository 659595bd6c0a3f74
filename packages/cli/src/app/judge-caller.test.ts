import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFromApp } from './judge-caller.ts';

const own = { host: '127.0.0.1:8010', origin: 'http://127.0.0.1:8010', 'sec-fetch-site': 'same-origin' };

test("[CLI-14] the app's own pages may ask, and programs of this machine", () => {
  assert.equal(isFromApp(own, 8010), true);
  assert.equal(isFromApp({ host: 'localhost:8010', 'sec-fetch-site': 'none' }, 8010), true);
  assert.equal(isFromApp({ host: '127.0.0.1:8010' }, 8010), true);
});

for (const [who, headers] of [
  ['a page that has a name leading here', { ...own, host: 'rebound.example.org:8010' }],
  ['what came for another port', { ...own, host: '127.0.0.1:8011' }],
  ['what names nobody', {}],
  ['a form of another origin', { ...own, origin: 'https://evil.example.org' }],
  ['a page without an origin', { ...own, origin: 'null' }],
  ['a page of another program on this machine', { ...own, 'sec-fetch-site': 'same-site' }],
  ['a page from elsewhere', { host: own.host, 'sec-fetch-site': 'cross-site' }],
] as const)
  test(`[CLI-14] ${who} may not`, () => {
    assert.equal(isFromApp(headers, 8010), false);
  });
