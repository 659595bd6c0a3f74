// `npm test`: the static checks, then every test. What is printed last is the test runner's own summary.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryEnvironment } from './check/run-command.ts';
import { testFiles } from './check/steps.ts';
import { chromium, findProgram } from './install/system-packages.mjs';
import { planProcesses } from './test/plan-processes.ts';
import { runTests } from './test/run-tests.ts';

const root = dirname(import.meta.dirname);
Object.assign(process.env, repositoryEnvironment(root), {
  DATAANS_CHROMIUM: findProgram(chromium, process.env),
  // Types are taken out of a module once, and not by each process that loads it.
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/dataans-tests'),
});

const checks = spawnSync(process.execPath, ['scripts/check.ts', '--static'], { cwd: root, stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'dataans-tests-'));
const testsOk = await runTests(planProcesses(testFiles(root)), { root, folder, output: process.stdout });
rmSync(folder, { recursive: true });

if (checks.status !== 0) process.stdout.write('The checks at the top failed.\n');
if (checks.status !== 0 || !testsOk) process.exitCode = 1;
