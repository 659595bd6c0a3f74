import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { findProgram, missingProgramSentence } from './system-packages.mjs';

const painter = {
  name: 'Painter',
  usedFor: 'painting',
  commands: ['dataans-painter', 'dataans-painter-stable'],
  variable: 'DATAANS_PAINTER',
  debian: 'painter',
};

function folderWith(t: TestContext, ...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-programs-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o755 });
  return folder;
}

test('a program is found under any of its names in any folder of the path', (t) => {
  const empty = folderWith(t);
  const folder = folderWith(t, 'dataans-painter-stable');
  const found = findProgram(painter, { PATH: [empty, folder].join(delimiter) });
  assert.equal(found, join(folder, 'dataans-painter-stable'));
});

test('a program that is nowhere is not found', (t) => {
  assert.equal(findProgram(painter, { PATH: folderWith(t) }), undefined);
  assert.equal(findProgram(painter, {}), undefined);
});

test('a file that cannot be executed is no program', (t) => {
  const folder = folderWith(t);
  writeFileSync(join(folder, 'dataans-painter'), '', { mode: 0o644 });
  assert.equal(findProgram(painter, { PATH: folder }), undefined);
});

test('the variable goes before the path, and nothing replaces it where it is wrong', (t) => {
  const folder = folderWith(t, 'dataans-painter', 'mine');
  const named = (path: string): string | undefined =>
    findProgram(painter, { PATH: folder, DATAANS_PAINTER: path });
  assert.equal(named(join(folder, 'mine')), join(folder, 'mine'));
  assert.equal(named(join(folder, 'gone')), undefined);
  assert.equal(named(''), join(folder, 'dataans-painter'));
});

test('the sentence says what to install, or which variable is wrong', () => {
  assert.equal(
    missingProgramSentence(painter, {}),
    'Painter is needed for painting: install it (on Debian: apt-get install painter), or set DATAANS_PAINTER to where it is.',
  );
  assert.equal(
    missingProgramSentence(painter, { DATAANS_PAINTER: '/gone' }),
    'DATAANS_PAINTER names /gone, which is not a program: correct it or unset it.',
  );
});
