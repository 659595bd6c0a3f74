import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planRequest, usesShell, type NavigationAnswer } from './plan-request.ts';

const origin = 'https://notes.example.org';
const kept = new Set(['/app/', '/app/assets/main-1a2b.js']);
const plan = (path: string, { method = 'GET', isNavigation = false } = {}) =>
  planRequest({ method, url: new URL(path, origin), isNavigation }, origin, kept);

for (const path of ['/v1/log', '/hand-over?port=1', '/cdn-cgi/access/login', '/', '/health', '/application'])
  test(`${path} is never touched`, () => {
    assert.deepEqual(plan(path, { isNavigation: true }), { kind: 'pass' });
    assert.deepEqual(plan(path), { kind: 'pass' });
  });

test('nothing of another origin is touched', () => {
  assert.deepEqual(plan('https://elsewhere.example.org/app/', { isNavigation: true }), { kind: 'pass' });
});

test('what this version keeps comes from there', () => {
  assert.deepEqual(plan('/app/assets/main-1a2b.js'), { kind: 'cached', path: '/app/assets/main-1a2b.js' });
  assert.deepEqual(plan('/app/other.js'), { kind: 'pass' });
});

test('a tab of the version before gets its own parts', () => {
  assert.deepEqual(plan('/app/assets/former-3c4d.js'), {
    kind: 'cached',
    path: '/app/assets/former-3c4d.js',
  });
});

test('every address of the app is the one page', () => {
  for (const path of ['/app/', '/app/s/x/n/y', '/app/search?q=a'])
    assert.deepEqual(plan(path, { isNavigation: true }), { kind: 'navigate' });
});

test('files and what is shared have ways of their own', () => {
  const file = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d';
  assert.deepEqual(plan(`/app/file/${file}`), { kind: 'file', file });
  assert.deepEqual(plan('/app/share', { method: 'POST', isNavigation: true }), { kind: 'share' });
  assert.deepEqual(plan('/app/', { method: 'POST' }), { kind: 'pass' });
});

const page: NavigationAnswer = { kind: 'answer', status: 200, isRedirect: false, isPage: true };
for (const [name, answer, shown] of [
  ['a page', page, 'network'],
  ['no answer in time', { kind: 'none' }, 'shell'],
  ['a failure of the server', { ...page, status: 502 }, 'shell'],
  ['something that is no page', { ...page, isPage: false }, 'shell'],
] as const)
  test(`${name} shows what comes from the ${shown}`, () => {
    assert.equal(usesShell(answer, false), shown === 'shell');
    assert.equal(usesShell(answer, true), shown === 'shell');
  });

for (const answer of [
  { ...page, isRedirect: true },
  { ...page, status: 401 },
])
  test(`a login (${answer.status}) is passed on only to someone who asked for it`, () => {
    assert.equal(usesShell(answer, false), true);
    assert.equal(usesShell(answer, true), false);
  });
