import assert from 'node:assert/strict';
import { isAbsolute, join, normalize, win32 } from 'node:path';
import { test } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import fc from 'fast-check';
import type { PathRules } from '../folder-format/path-rules.ts';
import { numberName, safeFolder, safeName, splitName } from './safe-name.ts';

const posix: PathRules = { names: 'posix', foldsCase: false, foldsNormalization: false, pathBytesMax: 4_000 };

/** Names as an attacker, or a person with an odd taste, would choose them. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '..',
    '.',
    '',
    '../../etc/passwd',
    '/abs',
    'a/../../b',
    String.raw`C:\x`,
    'con',
    'NUL.md',
    'a. .',
  ),
  fc
    .array(fc.constantFrom('.', '/', '\\', '\0', 'a', ' ', ':', 'ї', '🗒'), { maxLength: 300 })
    .map((parts) => parts.join('')),
);

for (const [name, expected] of [
  ['tar.md', 'tar.md'],
  ['..', '__'],
  ['.', '_'],
  ['', '_'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['/abs', '_abs'],
  ['a\0b', 'a_b'],
  ['...', '...'],
  ['.gitignore', '.gitignore'],
] as const) {
  test(`[EXP-3] ${JSON.stringify(name)} is written as ${expected}`, () => {
    assert.equal(safeName(name, 'posix'), expected);
  });
}

for (const [name, expected] of [
  [String.raw`C:\x`, 'C__x'],
  ['a<b>c"d|e?f*g\u0007', 'a_b_c_d_e_f_g_'],
  ['ends. .', 'ends___'],
  ['con', '_con'],
  ['Com1.md', '_Com1.md'],
  ['nul .txt', '_nul .txt'],
  ['console.md', 'console.md'],
  ['..', '__'],
] as const) {
  test(`[EXP-4] on Windows ${JSON.stringify(name)} is written as ${expected}`, () => {
    assert.equal(safeName(name, 'windows'), expected);
  });
}

test('[EXP-4] elsewhere every name without slash and NUL that a file system takes stays as it is', () => {
  const allowed = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 60 })
    .map((name) => name.toWellFormed().replaceAll(/[/\0]/g, ':'))
    .filter((name) => name !== '.' && name !== '..' && utf8ToBytes(name).length <= 255);
  fc.assert(fc.property(allowed, (name) => safeName(name, 'posix') === name));
});

test('[EXP-4] a name that is too long keeps its beginning, whole characters and its extension', () => {
  const safe = safeName(`${'ї'.repeat(200)}.md`, 'posix');
  assert.equal(safe, `${'ї'.repeat(126)}.md`);
  assert.equal(numberName(safe, 12), `${'ї'.repeat(123)} (12).md`);
});

test('[EXP-4] a name for Windows that had to be cut ends in no blank and no dot', () => {
  for (const last of [' b', '.b', '. b'])
    for (let length = 245; length < 256; length += 1)
      assert.doesNotMatch(safeName(`con ${'a'.repeat(length - 4)}${last}`, 'windows'), /[ .]$/);
});

test('[EXP-3] whatever the name, it is one name of at most 255 bytes that leads nowhere else', () => {
  fc.assert(
    fc.property(anyName, fc.constantFrom('posix' as const, 'windows' as const), (name, names) => {
      const safe = safeName(name.toWellFormed(), names);
      assert.equal(safe === '' || safe === '.' || safe === '..', false);
      assert.doesNotMatch(safe, /[/\0]/);
      assert.equal(utf8ToBytes(safe).length <= 255, true);
      if (names === 'posix') return;
      assert.doesNotMatch(safe, /[<>:"/\\|?*\u0000-\u001f]|[. ]$/);
      assert.equal(win32.dirname(win32.join(String.raw`C:\target`, safe)), String.raw`C:\target`);
    }),
    { numRuns: 500 },
  );
});

test('[EXP-3] whatever the folder, its path stays inside the target and leaves room for names', () => {
  const anyFolder = fc.array(anyName, { maxLength: 40 }).map((names) => names.join('/').toWellFormed());
  fc.assert(
    fc.property(anyFolder, (folder) => {
      const path = safeFolder(folder, posix).join('/');
      assert.equal(isAbsolute(path), false);
      assert.equal(normalize(join('target', path)).startsWith('target'), true);
      assert.equal(utf8ToBytes(path).length + 2 * 256 <= posix.pathBytesMax, true);
    }),
    { numRuns: 300 },
  );
});

test('[EXP-4] a path that is too long loses its end', () => {
  const folder = Array.from({ length: 30 }, () => 'x'.repeat(255)).join('/');
  assert.deepEqual(safeFolder(folder, posix), Array(13).fill('x'.repeat(255)));
});

test('[EXP-1] an ordinary folder is its own path', () => {
  assert.deepEqual(safeFolder('a/b c/…', posix), ['a', 'b c', '…']);
  assert.deepEqual(safeFolder('', posix), []);
});

test('the extension is what follows the last dot, if it is short and something comes before it', () => {
  assert.deepEqual(splitName('a.tar.gz'), { stem: 'a.tar', extension: '.gz' });
  assert.deepEqual(splitName('.profile'), { stem: '.profile', extension: '' });
  assert.deepEqual(splitName(`a.${'x'.repeat(40)}`), { stem: `a.${'x'.repeat(40)}`, extension: '' });
});
