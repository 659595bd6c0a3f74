import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citedRules, definedRules, testedRules } from './rule-ids.ts';

function ids(mentions: readonly { readonly id: string }[]): readonly string[] {
  return mentions.map(({ id }) => id);
}

test('a bold id that opens a paragraph or a list item defines a rule', () => {
  const markdown = [
    '# Log',
    '**LOG-1** The log is append-only.',
    '',
    '- **LOG-2** A page is bounded.',
    '  * **LOG-3** Nested too.',
    '1. **LOG-4** Numbered.',
    '',
    'As **LOG-9** says, this mentions one; so does LOG-8.',
    '```',
    '**LOG-7** an example',
    '```',
  ].join('\n');
  assert.deepEqual(ids(definedRules('log.md', markdown)), ['LOG-1', 'LOG-2', 'LOG-3', 'LOG-4']);
});

test('a title that starts with ids holds these rules', () => {
  const source = `
test('[LOG-1] pages are bounded', () => {});
it("[LOG-2] [LOG-3] both", () => {});
await t.test(\`[SEAL-4] refuses \${name}\`, () => {});
property(
  '[MRG-5] on a line of its own', () => {});
`;
  assert.deepEqual(ids(testedRules('a.test.ts', source)), ['LOG-1', 'LOG-2', 'LOG-3', 'SEAL-4', 'MRG-5']);
});

test('a title that only mentions an id, a skipped test and a commented-out one hold nothing', () => {
  const source = `
test('pages are bounded [LOG-1]', () => {});
test.skip('[LOG-2] later', () => {});
test.todo('[LOG-3] later');
// test('[LOG-4] once', () => {});
`;
  assert.deepEqual(testedRules('a.test.ts', source), []);
});

test('ids in comments are citations, ids in code are not', () => {
  const source = `
/** Holds LOG-1. */
const a = 'LOG-2'; // LOG-3
/*
 * LOG-4
 */
`;
  assert.deepEqual(ids(citedRules('a.ts', source)), ['LOG-1', 'LOG-3', 'LOG-4']);
});
