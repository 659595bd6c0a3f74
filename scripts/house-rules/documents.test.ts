import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDocumentFaults } from './documents.ts';

const files = new Set(['README.md', 'docs/spec/log.md', 'docs/operating.md', 'docs/a picture.png']);

function faultsOf(prose: string): readonly string[] {
  return findDocumentFaults('docs/operating.md', `# Operating\n\n${prose}\n`, files);
}

for (const link of [
  '[log](spec/log.md)',
  '[rule](spec/log.md#log-1)',
  '[up](../README.md)',
  '[folder](spec/) and [here](#backup)',
  '![picture](a%20picture.png)',
  '[elsewhere](https://example.com/gone.md)',
  'in code: `[gone](gone.md)`',
]) {
  test(`${link} leads somewhere, or is no link of ours`, () => {
    assert.deepEqual(faultsOf(link), []);
  });
}

for (const [link, target] of [
  ['[gone](gone.md)', 'gone.md'],
  ['[gone](../spec/log.md "title")', '../spec/log.md'],
  ['![gone](pictures/gone.png)', 'pictures/gone.png'],
  ['[gone](gone.md#part)', 'gone.md'],
] as const) {
  test(`${link} leads nowhere`, () => {
    assert.deepEqual(faultsOf(link), [`docs/operating.md: links to ${target}, which does not exist`]);
  });
}

test('a document has exactly one title; a comment in a code block is none', () => {
  assert.deepEqual(faultsOf('```sh\n# not a title\n```'), []);
  assert.deepEqual(faultsOf('# Another'), ['docs/operating.md: has 2 titles instead of one']);
  assert.deepEqual(findDocumentFaults('README.md', '## Half\n', files), [
    'README.md: has 0 titles instead of one',
  ]);
});
