import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';

const lock = JSON.stringify({ packages: { 'node_modules/plain': { version: '1.0.0' } } });

/** A repository of its own with one locked package, and an `npm` that only notes how it was called. */
function createRepository(t: TestContext, { npmSucceeds }: { npmSucceeds: boolean }) {
  const root = mkdtempSync(join(tmpdir(), 'dataans-install-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'scripts'));
  cpSync(join(import.meta.dirname, 'install-missing.mjs'), join(root, 'scripts', 'install-missing.mjs'));
  cpSync(join(import.meta.dirname, 'install'), join(root, 'scripts', 'install'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'package-lock.json'), lock);
  const bin = join(root, 'bin');
  const install = npmSucceeds
    ? 'mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json'
    : 'echo "no route to anywhere" >&2; exit 7';
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$@" >> npm-calls\necho chatter\n${install}\n`, {
    mode: 0o755,
  });

  const run = (args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, [join(root, 'scripts', 'install-missing.mjs'), ...args], {
      encoding: 'utf8',
      env: { PATH: [bin, process.env['PATH']].join(delimiter), ...environment },
    });
  const npmCalls = (): string =>
    existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8') : '';
  return { root, run, npmCalls };
}

test('the first run installs, with one sentence on stderr, and the next one has nothing to do', (t) => {
  const { run, npmCalls } = createRepository(t, { npmSucceeds: true });
  const first = run();
  assert.equal(first.status, 0);
  assert.equal(first.stdout, '');
  assert.match(first.stderr, /^Installing npm packages [^\n]*\n$/);
  const second = run();
  assert.equal(second.status, 0);
  assert.equal(second.stdout + second.stderr, '');
  assert.equal(
    npmCalls(),
    'ci --no-audit --no-fund --loglevel=error --ignore-scripts --omit=dev --omit=optional\n',
  );
});

test('what builds the app is asked for if the app is started, and no Node beside one that is recent enough', (t) => {
  const { run, npmCalls } = createRepository(t, { npmSucceeds: true });
  run(['--app']);
  assert.equal(
    npmCalls(),
    'ci --no-audit --no-fund --loglevel=error --ignore-scripts --omit=dev --workspaces\n',
  );
});

test('a changed lock is installed again', (t) => {
  const { root, run, npmCalls } = createRepository(t, { npmSucceeds: true });
  run();
  writeFileSync(join(root, 'package-lock.json'), lock.replace('1.0.0', '1.0.1'));
  run();
  assert.equal(npmCalls().trimEnd().split('\n').length, 2);
});

test('development dependencies are asked for where they are needed', (t) => {
  const { run, npmCalls } = createRepository(t, { npmSucceeds: true });
  run(['--development']);
  assert.equal(npmCalls(), 'ci --no-audit --no-fund --loglevel=error --ignore-scripts --include=dev\n');
});

test('a failed installation shows what npm said and fails', (t) => {
  const { run } = createRepository(t, { npmSucceeds: false });
  const { status, stderr } = run();
  assert.equal(status, 1);
  assert.match(stderr, /no route to anywhere\nnpm ci [^\n]* failed: see its output above\.\n$/);
});

test('a browser that is not where the variable says is a sentence and a failure', (t) => {
  const { run } = createRepository(t, { npmSucceeds: true });
  const { status, stderr } = run(['--tests'], { DATAANS_CHROMIUM: '/no/such/browser' });
  assert.equal(status, 1);
  assert.match(
    stderr,
    /DATAANS_CHROMIUM names \/no\/such\/browser, which is not a program: correct it or unset it\.\n$/,
  );
});
