import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const root = dirname(import.meta.dirname);

interface Planted {
  readonly path: string;
  readonly source: string;
  /** The one rule that catches it; none where the same is right. */
  readonly caughtBy?: string;
}

const globals = 'no-restricted-globals';
const properties = 'no-restricted-properties';

const planted: readonly Planted[] = [
  { path: 'packages/core/src/date.ts', source: 'export const a = Date.now();', caughtBy: globals },
  { path: 'packages/core/src/new-date.ts', source: 'export const a = new Date();', caughtBy: globals },
  {
    path: 'packages/core/src/performance.ts',
    source: 'export const a = performance.now();',
    caughtBy: globals,
  },
  { path: 'packages/core/src/fetch.ts', source: 'export const a = globalThis.fetch;', caughtBy: globals },
  { path: 'packages/core/src/crypto.ts', source: 'export const a = crypto.randomUUID();', caughtBy: globals },
  { path: 'packages/core/src/process.ts', source: 'export const a = process.platform;', caughtBy: globals },
  { path: 'packages/core/src/random.ts', source: 'export const a = Math.random();', caughtBy: properties },
  {
    path: 'packages/core/src/passed-in.ts',
    source: 'export const a = (fetch: () => number): number => fetch();',
  },
  { path: 'packages/core/src/random.test.ts', source: 'export const a = Math.random() + Date.now();' },
  { path: 'packages/client/src/sync/date.ts', source: 'export const a = Date.now();', caughtBy: globals },
  { path: 'packages/client/src/sync/timer.ts', source: 'setTimeout(String, 1);', caughtBy: globals },
  {
    path: 'packages/client/src/sync/page.ts',
    source: 'export const a = navigator.onLine;',
    caughtBy: globals,
  },
  { path: 'packages/client/src/node/page.ts', source: 'export const a = indexedDB;', caughtBy: globals },
  { path: 'packages/client/src/node/date.ts', source: 'export const a = Date.now();' },
  { path: 'packages/client/src/browser/page.ts', source: 'export const a = navigator.onLine;' },
  { path: 'packages/server/src/page.ts', source: 'export const a = document.title;', caughtBy: globals },
  {
    path: 'packages/server/src/env.ts',
    source: "export const a = process.env['A'];",
    caughtBy: 'no-process-env',
  },
  { path: 'packages/server/src/main.ts', source: "export const a = process.env['A'];" },
  { path: 'packages/server/src/config/read.ts', source: "export const a = process.env['A'];" },
  { path: 'packages/server/src/console.ts', source: 'console.log(1);', caughtBy: 'no-console' },
  {
    path: 'packages/server/src/cycle-a.ts',
    source: "export { b } from './cycle-b.ts';",
    caughtBy: 'no-cycle',
  },
  {
    path: 'packages/server/src/cycle-b.ts',
    source: "import { b as a } from './cycle-a.ts';\nexport const b: unknown = () => a;",
    caughtBy: 'no-cycle',
  },
  {
    path: 'packages/server/src/floating.ts',
    source: 'async function a(): Promise<void> {}\nexport const b = (): void => {\n  a();\n};',
    caughtBy: 'no-floating-promises',
  },
  {
    path: 'packages/server/src/declared.test.ts',
    source: "import { test } from 'node:test';\ntest('a', () => {});",
  },
  {
    path: 'packages/server/src/non-null.ts',
    source: 'export const a = (b: string | undefined): string => b!;',
    caughtBy: 'no-non-null-assertion',
  },
  {
    path: 'packages/server/src/any.ts',
    source: 'export type A = any;',
    caughtBy: 'no-explicit-any',
  },
  {
    path: 'packages/server/src/long.ts',
    source: Array.from({ length: 301 }, (_, index) => `export const a${index} = 1;`).join('\n'),
    caughtBy: 'max-lines',
  },
  { path: 'packages/server/src/function.ts', source: functionOf(71), caughtBy: 'max-lines-per-function' },
  { path: 'packages/server/src/function-of-70.ts', source: functionOf(70) },
  { path: 'packages/server/src/function.test.ts', source: functionOf(71) },
];

const folder = mkdtempSync(join(tmpdir(), 'dataans-lint-'));
after(() => rmSync(folder, { recursive: true }));
const rulesByPath = lintPlanted();

for (const { path, source, caughtBy } of planted) {
  const code = source.split('\n')[0];
  test(caughtBy ? `${path}: ${code} is caught by ${caughtBy}` : `${path}: ${code} is fine`, () => {
    assert.deepEqual(rulesByPath.get(path) ?? [], caughtBy ? [caughtBy] : []);
  });
}

function functionOf(lines: number): string {
  const body = Array.from({ length: lines - 2 }, (_, index) => `  a(${index});`);
  return ['export function b(a: (index: number) => void): void {', ...body, '}'].join('\n');
}

function lintPlanted(): ReadonlyMap<string, readonly string[]> {
  for (const name of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const { path, source } of planted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${source}\n`);
  }
  const oxlint = join(root, 'node_modules', '.bin', 'oxlint');
  const { stdout } = spawnSync(oxlint, ['--type-aware', '--format=unix', 'packages'], {
    cwd: folder,
    encoding: 'utf8',
  });
  // packages/core/src/a.ts:1:2: Sentence. [Error/eslint(rule)]
  const lines = stdout.matchAll(/^(?<path>[^:\n]+):\d+:\d+: .*\((?<rule>[\w-]+)\)\]$/gm);
  const found = Array.from(lines, ({ groups }) => ({
    path: groups?.['path'] ?? '',
    rule: groups?.['rule'] ?? '',
  }));
  return new Map(planted.map(({ path }) => [path, [...rulesFoundIn(path)]]));

  function rulesFoundIn(path: string): ReadonlySet<string> {
    return new Set(found.filter((one) => one.path === path).map(({ rule }) => rule));
  }
}
