import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeMin } from '../install/node-version.mjs';
import { launcherSource } from './launcher.ts';

test('an installed program says which Node it needs if that is too old, and loads nothing of itself', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-launcher-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['bin', 'program']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'bin/dataans.mjs'), launcherSource('dataans'));
  writeFileSync(join(folder, 'program/main.js'), "console.log('loaded');");
  const run = (version: string) => {
    const claim = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
    return spawnSync(process.execPath, ['--import', claim, join(folder, 'bin/dataans.mjs')], {
      encoding: 'utf8',
    });
  };
  const old = run('24.6.0');
  assert.deepEqual([old.status, old.stdout], [1, '']);
  assert.match(
    old.stderr,
    new RegExp(`^dataans needs Node ${nodeMin} or newer, and this is Node 24\\.6\\.0\\.`),
  );
  const recent = run(`${nodeMin}.0`);
  assert.deepEqual([recent.status, recent.stdout], [0, 'loaded\n']);
});
