import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProgramNames, findStopWords, isOfEngine, isReadByPeople } from './people-words.ts';

const source = 'packages/cli/src/commands/a.ts';

for (const sentence of [
  'Sign in anew.',
  'See that the address is right.',
  'Make room and try again.',
  'The server was put back.',
  'the login before the server: a login before it',
  'It goes on by itself.',
  'a page that is none',
])
  test(`“${sentence}” is not how people are spoken to`, () => {
    const [finding = ''] = findStopWords(source, `// fine\nconst text = '${sentence}';\n`);
    assert.match(finding, /^packages\/cli\/src\/commands\/a\.ts:2: “/);
    assert.equal(findStopWords('docs/cli.md', sentence).length, 1);
  });

test('comments of a source are for its authors, and an address is no comment', () => {
  assert.deepEqual(findStopWords(source, '/** Made anew. */\nf(); // anew\n'), []);
  assert.equal(findStopWords(source, "f('http://a.example', 'anew');").length, 1);
});

test('a file with a reason may say it', () => {
  const text = "return 'in force';";
  assert.equal(findStopWords(source, text).length, 1);
  assert.deepEqual(findStopWords('packages/server/src/commands/token.ts', text), []);
});

test('the engine names neither a command nor an option of a program', () => {
  const path = 'packages/client/src/sync/a.ts';
  for (const text of [
    "'Run dataans sync.'",
    "'Use `dataans`.'",
    "'Use --home DIR.'",
    "'dataans-server check'",
  ])
    assert.equal(findProgramNames(path, text).length, 1, text);
  for (const text of ["import '@dataans/core';", '// dataans sync', "'Sync this device.'", "'dataans 0.1.0'"])
    assert.deepEqual(findProgramNames(path, text), [], text);
});

test('people read sources and guides; tests are read by their authors', () => {
  assert.ok(isReadByPeople('packages/web/src/app/app.tsx'));
  assert.ok(isReadByPeople('README.md'));
  assert.ok(!isReadByPeople('packages/cli/src/run.test.ts'));
  assert.ok(isOfEngine('packages/core/src/limits.ts'));
  assert.ok(!isOfEngine('packages/cli/src/run.ts'));
});
