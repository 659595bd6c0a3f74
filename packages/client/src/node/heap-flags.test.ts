import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { heapFlags } from './heap-flags.ts';

test('this version of Node knows each of the flags', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of heapFlags) {
    const [name] = flag.split('=');
    assert.match(known, new RegExp(`^ +${name} `, 'm'));
  }
});
