import type { Step } from './run-steps.ts';
import { isTestFile, repositoryFiles } from './source-files.ts';

/** When a test, or a process that runs tens of files of them, counts as hung; the slowest takes a small part of it. */
export const hungAfterMs = 480_000;

/** What can be said about the code without running it. */
export const staticSteps: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  {
    name: 'lint',
    command: [
      'oxlint',
      '--type-aware',
      '--format=unix',
      '--deny-warnings',
      '--report-unused-disable-directives',
    ],
  },
  { name: 'import directions', command: ['node', 'scripts/import-directions.ts'] },
  { name: 'unused code and dependencies', command: ['knip', '--no-progress'] },
  { name: 'spec coverage', command: ['node', 'scripts/spec-coverage.ts'] },
  { name: 'house rules', command: ['node', 'scripts/house-rules.ts'] },
];

/** The tests beside the code, in one process: a process for each file would take longer than the tests. */
export function unitTestStep(root: string): Step {
  const files = testFiles(root).filter((path) => !path.startsWith('tests/'));
  return {
    name: 'unit and contract tests',
    command: [
      'node',
      '--test',
      '--test-isolation=none',
      `--test-timeout=${hungAfterMs}`,
      '--test-reporter=spec',
      ...files,
    ],
  };
}

/** Every test there is: beside the code and across packages. */
export function testFiles(root: string): readonly string[] {
  return repositoryFiles(root).filter((path) => isTestFile(path) && path.endsWith('.test.ts'));
}
