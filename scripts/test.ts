// `npm test`: the static checks, and beside them every test. What is printed last is the test runner's own summary.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

// One of them runs alone for most of their time. What the tests print waits until all of them have ended.
const checks = spawn(process.execPath, ['scripts/check.ts', '--static'], { cwd: root, stdio: 'inherit' });
const checksEnded = once(checks, 'exit');
const folder = mkdtempSync(join(tmpdir(), 'dataans-tests-'));
const testsOk = await runTests(planProcesses(testFiles(root)), {
  root,
  folder,
  output: process.stdout,
  printAfter: checksEnded,
});
rmSync(folder, { recursive: true });

const checksOk = checks.exitCode === 0;
if (!checksOk) process.stdout.write('The checks at the top failed.\n');
if (!checksOk || !testsOk) process.exitCode = 1;
