import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findForbiddenWords } from './forbidden-words.ts';

// Put together here, so that this file holds the rule itself.
const forbidden: readonly string[] = [
  ['', 'work', 'main'],
  ['', 'root', '.npmrc'],
  ['', 'home', 'maria', 'notes'],
  ['', 'Users', 'maria', 'notes'],
].map((parts) => parts.join('/'));
const hosts = [['registry', 'npmjs', 'org'].join('.'), ['npm', 'example', 'com'].join('.')];
const lockedToHost = ['"resolved"', '"https://example.com/a.tgz"'].join(': ');
const unfinished = ['TO', 'DO'].join('');

for (const text of [...forbidden, ...hosts, lockedToHost, unfinished]) {
  test(`${text} has no place in the repository`, () => {
    const findings = findForbiddenWords('docs/a.md', `first line\nsee ${text} there\n`);
    assert.equal(findings.length > 0, true);
    assert.match(findings[0] ?? '', /^docs\/a\.md:2: /);
  });
}

for (const text of [
  'packages/core/src/work/a.ts',
  'https://example.com/home/page/',
  'the root/ folder',
  '$HOME/notes',
  'npm.md',
  'npm run check',
  'todos',
]) {
  test(`${text} is fine`, () => {
    assert.deepEqual(findForbiddenWords('docs/a.md', text), []);
  });
}
