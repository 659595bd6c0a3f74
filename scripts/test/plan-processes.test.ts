import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planProcesses } from './plan-processes.ts';

const beside = (room: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${room}/src/${index}.test.ts`);

test('tests beside the code of a package share a few processes, and each file is in one', () => {
  const files = [...beside('packages/client', 61), ...beside('packages/core', 2), 'scripts/a.test.ts'];
  const processes = planProcesses(files);
  assert.deepEqual(
    processes.map(({ name, files: { length } }) => [name, length]),
    [
      ['packages/client 1 of 3', 21],
      ['packages/client 2 of 3', 20],
      ['packages/client 3 of 3', 20],
      ['packages/core 1 of 1', 2],
      ['scripts 1 of 1', 1],
    ],
  );
  assert.deepEqual(processes.flatMap((process) => process.files).toSorted(), files.toSorted());
});

test('a file that spans packages has a process of its own, and the slowest begin first', () => {
  const files = ['packages/core/src/a.test.ts', 'tests/cli/a.test.ts', 'tests/simulation/a.test.ts'];
  assert.deepEqual(
    planProcesses(files).map(({ name }) => name),
    ['tests/simulation/a.test.ts', 'packages/core 1 of 1', 'tests/cli/a.test.ts'],
  );
});
