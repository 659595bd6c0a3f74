import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../store/facts.ts';
import type { Finding } from './finding.ts';
import { findingsToldMax } from './finding-list.ts';
import { createKeptFindings } from './kept-findings.ts';

function finding(seq: number, kind: Finding['kind'] = 'entry-altered'): Finding {
  return { kind, concerns: { seq, missing: [[1, 2]] }, message: `Entry ${seq}.`, advice: 'Look.' };
}

function memoryFacts(first = ''): Facts & { readonly writes: () => number } {
  let text = first;
  let writes = 0;
  return {
    read: () => text,
    write: (_name, value) => {
      writes += 1;
      text = value;
    },
    writes: () => writes,
  };
}

test('[VFY-2] what one source found stays until the same source has found nothing', () => {
  const facts = memoryFacts();
  const kept = createKeptFindings(facts);
  kept.add('exchange', [finding(1)]);
  kept.add('exchange', [finding(1), finding(2)]);
  kept.replace('account', [finding(3, 'account-changed')]);
  const again = createKeptFindings(facts);
  assert.deepEqual(again.of('exchange'), { findings: [finding(1), finding(2)], count: 2 });
  assert.equal(again.list().count, 3);
  again.replace('exchange', []);
  assert.deepEqual(kept.list(), { findings: [finding(3, 'account-changed')], count: 1 });
});

test('where nothing was found and nothing is, nothing is written', () => {
  const facts = memoryFacts();
  createKeptFindings(facts).replace('exchange', []);
  createKeptFindings(facts).add('exchange', []);
  assert.equal(facts.writes(), 0);
});

test('of any number of findings the first are told and all are counted', () => {
  const kept = createKeptFindings(memoryFacts());
  const many = Array.from({ length: 3 * findingsToldMax }, (_, index) => finding(index));
  kept.add('verify-log', many);
  kept.add('verify-log', [finding(-1)]);
  const { findings, count } = kept.of('verify-log');
  assert.equal(count, many.length + 1);
  assert.deepEqual(findings, many.slice(0, findingsToldMax));
});

test('what is no list of findings is none', () => {
  for (const text of ['{}', '[]', '{"exchange":1}', '{"exchange":{"findings":[{}],"count":1}}'])
    assert.equal(createKeptFindings(memoryFacts(text)).list().count, 0, text);
});
