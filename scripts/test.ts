// `npm test`: the static checks, then every test. What is printed last is the test runner's own summary.
import { spawnSync, type StdioOptions } from 'node:child_process';
import { dirname } from 'node:path';
import { repositoryEnvironment } from './check/run-command.ts';
import { hungAfterMs, testFiles } from './check/steps.ts';
import { chromium, findProgram } from './install/system-packages.mjs';

const root = dirname(import.meta.dirname);
const environment = { ...repositoryEnvironment(root), DATAANS_CHROMIUM: findProgram(chromium, process.env) };

const checksOk = runNode(['scripts/check.ts', '--static']);
// In TAP the summary comes after the failures; people at a terminal read the other one more easily.
const reporter = process.stdout.isTTY ? 'spec' : 'tap';
const limits = ['--test-concurrency=2', `--test-timeout=${hungAfterMs}`];
const testsOk = runNode(['--test', ...limits, `--test-reporter=${reporter}`, ...testFiles(root)]);

if (!checksOk) process.stdout.write('The checks at the top failed.\n');
if (!checksOk || !testsOk) process.exitCode = 1;

function runNode(args: readonly string[]): boolean {
  const stdio: StdioOptions = ['ignore', 'inherit', 'inherit'];
  return spawnSync(process.execPath, args, { cwd: root, env: environment, stdio }).status === 0;
}
