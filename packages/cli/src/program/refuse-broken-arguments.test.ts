import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { refuseBrokenArguments } from './refuse-broken-arguments.ts';

test('[CLI-12] an argument whose letters were lost is refused, and one that has the mark of lost letters is not', () => {
  const typed = [Buffer.from('note'), Buffer.from('a \ufffd'), Buffer.from([0x63, 0xe9])];
  refuseBrokenArguments(['note', 'a \ufffd'], () => typed);
  assert.throws(() => refuseBrokenArguments(['note', 'a \ufffd', 'c\ufffd'], () => typed), {
    message: "Argument 3, “c\ufffd”, isn't UTF-8 text.",
  });
});

test('[CLI-12] where the system does not tell the bytes, the mark is refused', () => {
  refuseBrokenArguments(['café'], () => null);
  assert.throws(() => refuseBrokenArguments(['caf\ufffd'], () => null), /isn't UTF-8/);
});

test(
  '[CLI-12] Latin-1 from the shell is refused as wrong usage, and U+FFFD itself is searched for',
  { skip: process.platform !== 'linux' },
  () => {
    const main = fileURLToPath(new URL('../../bin/dataans.mjs', import.meta.url));
    const search = (printed: string): { readonly status: number | null; readonly stderr: string } =>
      spawnSync(
        'sh',
        ['-c', `exec "$0" "$1" --home /nonexistent search "$(printf '${printed}')"`, process.execPath, main],
        { encoding: 'utf8' },
      );
    const broken = search(String.raw`caf\351`);
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^Argument 4, “caf\ufffd”, isn't UTF-8 text\.$/m);
    assert.match(search(String.raw`caf\357\277\275`).stderr, /No Dataans data in/);
  },
);
