import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingKind } from '@dataans/client';
import type { FindingWords, SaidOfFinding } from './finding-words.ts';
import { findingWords, tellFinding } from './tell-finding.ts';

const [english, ukrainian] = [findingWords('en'), findingWords('uk')];
const concerns = {
  seq: 57,
  file: 'lease.pdf',
  deviceName: 'Phone',
  missing: [
    [3, 5],
    [9, 9],
  ],
} as const;

test('each finding says in either language what is wrong and what to do, in sentences', () => {
  for (const kind of Object.keys(english.byKind) as FindingKind[])
    for (const values of [concerns, {}]) {
      const [said, translated] = [
        tellFinding({ kind, concerns: values }, english),
        tellFinding({ kind, concerns: values }, ukrainian),
      ];
      for (const text of [said.what, said.advice, translated.what, translated.advice]) {
        assert.match(text, /^[“\p{Lu}].*[^ :]\.$/u, `${kind}: ${text}`);
        assert.doesNotMatch(text, /undefined|null/, `${kind}: ${text}`);
      }
      assert.doesNotMatch(said.what + said.advice, /\p{Script=Cyrillic}/u);
      assert.match(translated.what, /\p{Script=Cyrillic}/u);
      assert.match(translated.advice, /\p{Script=Cyrillic}/u);
    }
});

test('a finding names the entry, the file, the device and the changes that it is about', () => {
  const what = (kind: FindingKind, words: FindingWords): string =>
    tellFinding({ kind, concerns }, words).what;
  for (const words of [english, ukrainian]) {
    assert.match(what('entry-altered', words), /57/);
    assert.match(what('chunk-missing', words), /lease\.pdf/);
    assert.match(what('log-forked', words), /Phone/);
    assert.match(what('operations-missing', words), /Phone.* 3–5, 9\)\./);
  }
});

test('a finding of a newer version of the program is not left out', () => {
  const said = (words: FindingWords): SaidOfFinding => tellFinding({ kind: 'toString', concerns: {} }, words);
  assert.deepEqual([said(english), said(ukrainian)], [english.unknown, ukrainian.unknown]);
});

test('a clock that is wrong says by how much, in words of the language', () => {
  assert.match(english.clockAhead(7_200_000), / 2 hours ahead /);
  assert.match(ukrainian.clockBehind(3 * 86_400_000), / на 3 дні\./);
  assert.match(english.serverClock(20_000), / by 1 minute\./);
});
