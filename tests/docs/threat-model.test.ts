import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../world/repository.ts';
import { findClaims, hasTest } from './threat-model.ts';

test('whatever docs/threat-model.md says that somebody cannot do is shown by tests that are there', async () => {
  const claims = findClaims(await readFile(join(repository, 'docs/threat-model.md'), 'utf8'));
  assert.ok(claims.length > 15, `${claims.length} claims`);
  const derived = /whose chapter holds for them\.$/;
  for (const { text, proofs } of claims) {
    assert.ok(proofs.length > 0 || derived.test(text), `no test is linked: ${text}`);
    for (const { title, path } of proofs)
      assert.ok(
        hasTest(await readFile(join(repository, 'docs', path), 'utf8'), title),
        `${path} has no test “${title}”`,
      );
  }
});

test('claims are the items below “They cannot”, each with the tests that it links', () => {
  const markdown =
    'They can:\n\n- see.\n\nThey cannot:\n\n- read\n  ([A-1](../a.test.ts), [b c](b.test.ts)).\n- write.\n\n## Next\n\n- else\n';
  assert.deepEqual(findClaims(markdown), [
    {
      text: 'read ([A-1](../a.test.ts), [b c](b.test.ts)).',
      proofs: [
        { title: 'A-1', path: '../a.test.ts' },
        { title: 'b c', path: 'b.test.ts' },
      ],
    },
    { text: 'write.', proofs: [] },
  ]);
});

test('a test is found by one of its rules or by how its title goes on, and one that is left out is not', () => {
  const source =
    "test('[A-1] [A-2] one thing happens', () => {});\n  test(`another`, f);\ntest.skip('[A-3] x', f);\n";
  for (const title of ['A-1', 'A-2', 'one thing', 'another']) assert.ok(hasTest(source, title), title);
  for (const title of ['A-3', 'A-11', 'thing happens', 'x']) assert.ok(!hasTest(source, title), title);
});
