import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataansError, utf8ToBytes } from '@dataans/core';
import { openFolderTarget } from './folder-target.ts';
import { makeFolder, readTree, writeTree } from '../testing/test-notes.ts';

const home = '/nonexistent/home';

for (const [what, prepare] of [
  ['a new folder', () => Promise.resolve()],
  ['an empty folder', (path: string) => mkdir(path)],
  [
    'a link to an empty folder',
    async (path: string) => {
      await mkdir(`${path}.real`);
      await symlink(`${path}.real`, path);
    },
  ],
] as const) {
  test(`[EXP-6] ${what} gets everything at once, when it is finished`, async (t) => {
    const folder = await makeFolder(t);
    const out = join(folder, 'out');
    await prepare(out);
    const target = await openFolderTarget(out, home);
    await target.write(['a', 'b', 'c.md'], [utf8ToBytes('one '), utf8ToBytes('two')]);
    await target.write(['empty.md'], []);
    assert.deepEqual(await readTree(out).catch(() => ({})), {});
    await target.finish();
    assert.deepEqual(await readTree(out), { 'a/b/c.md': btoa('one two'), 'empty.md': '' });
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('partial')),
      [],
    );
    assert.equal((await stat(out)).mode & 0o077, 0);
  });
}

test('[EXP-6] what was discarded leaves nothing, and an empty folder as it was', async (t) => {
  const folder = await makeFolder(t);
  await mkdir(join(folder, 'out'));
  const target = await openFolderTarget(join(folder, 'out'), home);
  await target.write(['a', 'b.md'], [utf8ToBytes('text')]);
  await target.discard();
  assert.deepEqual(await readdir(folder, { recursive: true }), ['out']);
});

test('[EXP-6] a mount point is filled when the export is finished, and left empty if it is given up', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'dataans-stick-'));
  if (spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', place]).status !== 0)
    return t.skip('nothing can be mounted');
  t.after(async () => {
    spawnSync('umount', [place]);
    await rmdir(place);
  });
  const givenUp = await openFolderTarget(place, home);
  await givenUp.write(['a.md'], [utf8ToBytes('a')]);
  await givenUp.discard();
  assert.deepEqual(await readdir(place), []);
  const target = await openFolderTarget(place, home);
  await target.write(['a', 'b.md'], [utf8ToBytes('b')]);
  await target.write(['c.md'], [utf8ToBytes('c')]);
  assert.equal(
    (await readdir(place)).every((name) => name.startsWith('.partial-')),
    true,
  );
  await target.finish();
  assert.deepEqual(await readTree(place), { 'a/b.md': btoa('b'), 'c.md': btoa('c') });
  assert.deepEqual((await readdir(place)).toSorted(), ['a', 'c.md']);
});

test('[EXP-8] a name that the file system does not take gets a plain one, and everything is written', async (t) => {
  const out = join(await makeFolder(t), 'out');
  const target = await openFolderTarget(out, home);
  await target.write(['a'], [utf8ToBytes('file')]);
  await target.write(['a', 'b.md'], [utf8ToBytes('below')]);
  for (const text of ['1', '2']) await target.write([`${'ї?'.repeat(100)}.md`], [utf8ToBytes(text)]);
  assert.equal(target.renamed(), 3);
  await target.finish();
  assert.deepEqual(await readTree(out), {
    a: btoa('file'),
    '_a/b.md': btoa('below'),
    '__.md': btoa('1'),
    '__-2.md': btoa('2'),
  });
});

test('[EXP-6] a folder that is filled while the export runs is not touched', async (t) => {
  const folder = await makeFolder(t);
  const out = join(folder, 'out');
  const target = await openFolderTarget(out, home);
  await target.write(['b.md'], [utf8ToBytes('text')]);
  await writeTree(out, { 'mine.md': 'mine' });
  await assert.rejects(() => target.finish(), DataansError);
  await target.discard();
  assert.deepEqual(await readTree(folder), { 'out/mine.md': btoa('mine') });
});

for (const [what, path, pattern] of [
  ['a folder with something in it', 'full', /isn't empty/],
  ['a file', 'full/file.md', /is a file/],
  ['the home', 'home', /own data/],
  ['a folder in the home', 'home/out', /own data/],
  ['a folder in a folder that is not there', 'gone/out', /does not exist/],
] as const) {
  test(`[EXP-6] ${what} is refused, and nothing is written`, async (t) => {
    const folder = await makeFolder(t);
    await writeTree(folder, { 'full/file.md': 'text' });
    await mkdir(join(folder, 'home'));
    const before = await readdir(folder, { recursive: true });
    await assert.rejects(
      () => openFolderTarget(join(folder, path), join(folder, 'home')),
      (error) => error instanceof DataansError && pattern.test(error.message) && error.advice !== '',
    );
    assert.deepEqual(await readdir(folder, { recursive: true }), before);
  });
}

test('[EXP-6] the folder that the command runs in is refused: it would be replaced underneath it', async (t) => {
  const folder = await makeFolder(t);
  const before = process.cwd();
  t.after(() => process.chdir(before));
  process.chdir(folder);
  await assert.rejects(() => openFolderTarget('.', home), /the folder you are in/);
});

test('[EXP-5] what one name is for the file system is found out by asking it', async (t) => {
  const folder = await makeFolder(t);
  await writeFile(join(folder, 'probe'), '');
  const folds = await stat(join(folder, 'PROBE')).then(
    () => true,
    () => false,
  );
  const target = await openFolderTarget(join(folder, 'out'), home);
  assert.equal(target.rules.foldsCase, folds);
  await target.finish();
  assert.deepEqual(await readTree(join(folder, 'out')), {});
});

test('[EXP-6] what an interrupted export left is named by the next one to the same place, and not touched', async (t) => {
  const folder = await makeFolder(t);
  const out = join(folder, 'out');
  const interrupted = await openFolderTarget(out, home);
  await interrupted.write(['a.md'], [utf8ToBytes('text')]);
  await writeTree(folder, { 'out.partial-/a.md': '', 'other.partial-abcdef/a.md': '', 'out.partial.md': '' });
  const target = await openFolderTarget(out, home);
  const [leftover, ...others] = target.leftovers;
  assert.deepEqual([interrupted.leftovers, others], [[], []]);
  await target.finish();
  assert.deepEqual(await readTree(leftover ?? ''), { 'a.md': btoa('text') });
});
