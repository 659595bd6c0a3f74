import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

/** In a process of its own: within a test, none can be run. */
const program = `
  import { basename } from 'node:path';
  import { run } from 'node:test';
  import { tap } from 'node:test/reporters';
  import { addSummary } from ${JSON.stringify(import.meta.resolve('./add-summary.ts'))};
  const [, , folder, ...files] = process.argv;
  for await (const piece of tap(addSummary(run({ files }), { root: folder, nameOf: basename }))) process.stdout.write(piece);`;

test('before the summary stand the slowest files, and each failure with its file and the beginning of its error', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-failures-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [sums, broken] = ['sums.test.mjs', 'broken.test.mjs'].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  writeFileSync(
    sums,
    `import { test } from 'node:test';
     test('all sums', (t) => t.test('one and one', () => { throw new Error('is not three'); }));
     test('nothing', () => undefined);`,
  );
  writeFileSync(broken, 'process.exit(3);');

  const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
  const main = join(folder, 'main.mjs');
  writeFileSync(main, program);
  const { stdout, stderr } = spawnSync(process.execPath, [main, folder, sums, broken], {
    env,
    encoding: 'utf8',
  });

  const lines = stdout.trimEnd().split('\n');
  const told = lines.slice(lines.findIndex((line) => /^# \d+ s: /.test(line)));
  assert.deepEqual(
    told.slice(0, 6).map((line) => line.replace(/\d+ s/, 'N s')),
    [
      '# N s: sums.test.mjs',
      '# failed: sums.test.mjs: one and one',
      '#   is not three',
      `# failed: broken.test.mjs: ${broken}`,
      '#   test failed',
      '# tests 4',
    ],
    stderr,
  );
});
