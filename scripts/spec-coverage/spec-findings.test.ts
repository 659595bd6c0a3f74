import assert from 'node:assert/strict';
import { test } from 'node:test';
import { specFindings } from './spec-findings.ts';

const rule = { id: 'LOG-1', path: 'docs/spec/log.md' };
const held = { id: 'LOG-1', path: 'log.test.ts' };

test('rules that are each held by a test leave nothing to say', () => {
  assert.deepEqual(specFindings({ defined: [rule], tested: [held, held], cited: [held] }), []);
});

test('a rule without a test is a finding', () => {
  assert.deepEqual(specFindings({ defined: [rule], tested: [], cited: [] }), [
    'docs/spec/log.md: LOG-1 has no test',
  ]);
});

test('a test of an unknown rule is a finding', () => {
  const tested = [held, { id: 'LOG-2', path: 'log.test.ts' }];
  assert.deepEqual(specFindings({ defined: [rule], tested, cited: [] }), [
    'log.test.ts: tests LOG-2, which is no rule',
  ]);
});

test('an id that is defined twice is a finding', () => {
  const defined = [rule, { id: 'LOG-1', path: 'docs/spec/chain.md' }];
  assert.deepEqual(specFindings({ defined, tested: [held], cited: [] }), [
    'docs/spec/chain.md: LOG-1 is defined more than once',
  ]);
});

test('a citation of an unknown rule is a finding, and what only looks like a rule is not', () => {
  const cited = [
    { id: 'LOG-7', path: 'log.ts' },
    { id: 'SHA-256', path: 'log.ts' },
  ];
  assert.deepEqual(specFindings({ defined: [rule], tested: [held], cited }), [
    'log.ts: cites LOG-7, which is no rule',
  ]);
});

test('a specification without rules is a finding: it was not found', () => {
  assert.deepEqual(specFindings({ defined: [], tested: [], cited: [] }), ['docs/spec: no rule found']);
});
