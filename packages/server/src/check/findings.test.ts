import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFindings } from './findings.ts';

test('[SRV-31] all findings are counted, and only the first thousand are kept in words', () => {
  const findings = createFindings();
  for (let number = 1; number <= 2_500; number += 1) findings.add(`finding ${number}`);
  const { count, first } = findings.read();
  assert.deepEqual(
    [count, first.length, first[0], first.at(-1)],
    [2_500, 1_000, 'finding 1', 'finding 1000'],
  );
});
