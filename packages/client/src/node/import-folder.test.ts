import assert from 'node:assert/strict';
import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataansError, limits } from '@dataans/core';
import { SourceFault, type FolderSource } from '../import/folder-source.ts';
import { importFolder } from '../import/import-folder.ts';
import { createNodePrimitives } from './primitives.ts';
import { counts, findNote, findSpace, makeTree, names } from '../testing/test-imports.ts';
import { makeFolder, openTestNotes, writeTree, type Tree } from '../testing/test-notes.ts';

test('[IMP-1] each folder that holds files is a space of its path', async (t) => {
  const notes = await openTestNotes(t);
  await notes.importFrom(await makeTree(t, { 'a.md': '', 'linux/b.md': '', 'x/y/z/c.md': '' }));
  const spaces = notes.entities.spaces().map(({ space, notes: count }) => [space.value, count]);
  assert.deepEqual(spaces, [
    [{ name: 'linux', folder: 'linux' }, 1],
    [{ name: 'notes', folder: '' }, 1],
    [{ name: 'x/y/z', folder: 'x/y/z' }, 1],
  ]);
});

test('[IMP-1] a path that no name can hold is remembered whole, and the space has its end as name', async (t) => {
  const notes = await openTestNotes(t);
  const path = Array.from({ length: 12 }, () => 'ї'.repeat(60)).join('/');
  await notes.importFrom(await makeTree(t, { [`${path}/a.md`]: '' }));
  const [summary] = notes.entities.spaces();
  assert.equal(summary?.space.value.folder, path);
  assert.match(summary.space.value.name, /^…ї+(?:\/ї{60})+$/);
  assert.equal(Buffer.byteLength(summary.space.value.name) <= limits.nameBytesMax, true);
});

for (const [what, text] of [
  ['a byte order mark', '\ufeff# Title\n'],
  ['DOS line ends', 'a\r\nb\r\n'],
  ['no line end at the end', 'a\nb'],
  ['nothing', ''],
  ['zeros and controls', 'a\0b\u0001\u001b'],
  ['decomposed letters and noncharacters', 'и\u0306 \uffff \u{10ffff}'],
] as const) {
  test(`[IMP-2] a note with ${what} keeps it`, async (t) => {
    const notes = await openTestNotes(t);
    await notes.importFrom(await makeTree(t, { 'A.MD': text }));
    const { value } = findNote(notes, 'A.MD');
    assert.deepEqual([value.text, value.files, value.pinned], [text, [], false]);
  });
}

test('[IMP-3] what is no text is a note without text with one file of its name', async (t) => {
  const notes = await openTestNotes(t);
  const large = 'x'.repeat(limits.operationBytesMax + 1);
  const contents: Tree = {
    'picture.png': Uint8Array.of(0x89, 0x50, 0),
    'latin.md': Uint8Array.of(0x63, 0xe9),
    'large.md': large,
    'escaped.md': '\u0001'.repeat(200_000),
    'script.sh': 'echo',
    md: 'no extension',
    empty: '',
  };
  const report = await notes.importFrom(await makeTree(t, contents));
  assert.equal(counts(report), '1/0/0 0/0/0 7/0/0');
  for (const [name, content] of Object.entries(contents)) {
    const { value } = findNote(notes, name);
    const file = notes.entities.read('file', value.files[0] ?? value.space);
    assert.deepEqual([value.text, value.files.length, file?.value.name], ['', 1, name]);
    if (file === null) continue;
    const bytes = Buffer.concat(await Array.fromAsync(notes.files.open(file.value)));
    assert.equal(bytes.equals(Buffer.from(content)), true);
  }
});

test('[IMP-4] importing again records nothing; what changed is one revision on top', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'a', 'b.md': 'b', 'c.png': 'c', 'd/e.md': 'e' });
  assert.equal(counts(await notes.importFrom(folder)), '2/0/0 3/0/0 1/0/0');
  const { n } = notes.store.log.writer();
  assert.equal(counts(await notes.importFrom(folder)), '0/0/2 0/0/3 0/0/1');
  assert.equal(notes.store.log.writer().n, n);
  const before = findNote(notes, 'b.md');
  await writeTree(folder, { 'b.md': 'b2', 'c.png': 'c2', 'd/new.md': '' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/2 1/1/2 0/1/0');
  assert.equal(notes.store.log.writer().n, n + 3);
  const after = findNote(notes, 'b.md');
  assert.deepEqual([after.id, after.value.text, after.heads.length], [before.id, 'b2', 1]);
});

test('[IMP-4] what is no longer in the folder stays', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'a', 'b.md': 'b' });
  await notes.importFrom(folder);
  await rm(join(folder, 'b.md'));
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/1 0/0/0');
  assert.deepEqual(names(notes), ['a.md', 'b.md']);
});

test('[IMP-4] text becomes a file and a file becomes text as the content does', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'text', 'b.md': Uint8Array.of(0xff) });
  await notes.importFrom(folder);
  await writeTree(folder, { 'a.md': Uint8Array.of(0xfe), 'b.md': '' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/1/0 0/1/0');
  const shape = (name: string) => {
    const { text, files } = findNote(notes, name).value;
    return [text, files.length];
  };
  assert.deepEqual(
    [shape('a.md'), shape('b.md')],
    [
      ['', 1],
      ['', 0],
    ],
  );
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/1 0/0/1');
});

test('[IMP-5] two devices that import one folder before they meet have it once', async (t) => {
  const one = await openTestNotes(t);
  const other = await openTestNotes(t, one.keyring);
  const folder = await makeTree(t, { 'a.md': 'a', 'b/c.png': 'c', 'b/d.md': 'd' });
  await one.importFrom(folder);
  await other.importFrom(folder);
  await other.receiveFrom(one);
  assert.deepEqual(other.entities.count(), { spaces: 2, notes: 3, files: 1 });
  assert.equal(
    Array.from(other.entities.notes()).some(({ conflict }) => conflict),
    false,
  );
  assert.equal(counts(await other.importFrom(folder)), '0/0/2 0/0/2 0/0/1');
});

test('[IMP-5] ids of an import are what the rule says', async (t) => {
  const notes = await openTestNotes(t);
  await notes.importFrom(await makeTree(t, { 'linux/tar.md': 'text' }));
  const space = findSpace(notes, 'linux');
  const primitives = createNodePrimitives();
  const digits = (text: string): string => Buffer.from(primitives.hash(Buffer.from(text))).toString('hex');
  const expectSame = (id: string, text: string): void => {
    const hash = digits(text);
    const plain = id.replaceAll('-', '');
    assert.equal(plain[12], '8');
    assert.match(plain[16] ?? '', /[89ab]/);
    assert.equal(plain.slice(0, 12) + plain.slice(13, 16), hash.slice(0, 12) + hash.slice(13, 16));
    assert.equal(plain.slice(17), hash.slice(17, 32));
  };
  expectSame(space, 'dataans/import/1\0space\0notes\x001\0linux');
  expectSame(findNote(notes, 'tar.md').id, `dataans/import/1\0note\0${space}\0tar.md\x001`);
});

test('[IMP-5] a note that was moved or renamed is found again and stays what and where it is', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'x/a.md': 'a', 'x/b.md': 'b' });
  await notes.importFrom(folder);
  const { id: space } = await notes.notebook.addSpace('elsewhere');
  const moved = findNote(notes, 'a.md');
  await notes.notebook.editNote(moved, { space });
  await notes.notebook.editNote(findNote(notes, 'b.md'), { name: 'renamed.md' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/2 0/0/0');
  await writeTree(folder, { 'x/a.md': 'a2' });
  await notes.importFrom(folder);
  const { value } = findNote(notes, 'a.md');
  assert.deepEqual([findNote(notes, 'a.md').id, value.space, value.text], [moved.id, space, 'a2']);
  assert.deepEqual(names(notes), ['a.md', 'renamed.md']);
});

test('[IMP-5] files whose names were swapped since are still two notes', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'a', 'c.md': 'c' });
  await notes.importFrom(folder);
  const renamed = findNote(notes, 'a.md');
  await notes.notebook.editNote(renamed, { name: 'b.md' });
  await rename(join(folder, 'a.md'), join(folder, 'b.md'));
  await writeTree(folder, { 'a.md': 'another' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 1/0/2 0/0/0');
  assert.deepEqual(names(notes), ['a.md', 'b.md', 'c.md']);
  assert.equal(findNote(notes, 'b.md').id, renamed.id);
  assert.equal(findNote(notes, 'b.md').value.text, 'a');
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/3 0/0/0');
});

test('[IMP-5] a note written by hand with the name of a file is that file', async (t) => {
  const notes = await openTestNotes(t);
  const { id: space } = await notes.notebook.addSpace('x', 'x');
  const note = await notes.notebook.addNote({ space, name: 'a.md', text: 'mine', pinned: true });
  assert.equal(
    counts(await notes.importFrom(await makeTree(t, { 'x/a.md': 'theirs' }))),
    '0/0/1 0/1/0 0/0/0',
  );
  const { id, value } = findNote(notes, 'a.md');
  assert.deepEqual([id, value.text, value.pinned], [note.id, 'theirs', true]);
});

test('[IMP-6] a space without a folder that an export would write there is the space of the folder', async (t) => {
  const notes = await openTestNotes(t);
  const { id } = await notes.notebook.addSpace('My ideas');
  await notes.importFrom(await makeTree(t, { 'My ideas/a.md': '' }));
  assert.equal(findNote(notes, 'a.md').value.space, id);
});

test('[IMP-6] files directly in two imported folders are in two spaces', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeFolder(t);
  await writeTree(folder, { 'diary/a.md': '1', 'recipes/a.md': '2' });
  await notes.importFrom(join(folder, 'diary'));
  await notes.importFrom(join(folder, 'recipes'));
  assert.equal(counts(await notes.importFrom(join(folder, 'diary'))), '0/0/1 0/0/1 0/0/0');
  assert.deepEqual(notes.entities.count(), { spaces: 2, notes: 2, files: 0 });
});

test('[IMP-4] words added to an imported picture stay when it is imported again', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.png': 'picture' });
  await notes.importFrom(folder);
  await notes.notebook.editNote(findNote(notes, 'a.png'), { text: 'caption' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/0 0/0/1');
  await writeTree(folder, { 'a.png': 'picture 2' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/0/0 0/1/0');
  assert.equal(findNote(notes, 'a.png').value.text, 'caption');
});

test('[IMP-7] [IMP-8] what cannot be had is reported, and everything else is imported', async (t) => {
  const notes = await openTestNotes(t);
  const file = (name: string, open: () => Promise<never>) => ({ name, open });
  const broken: FolderSource = {
    name: 'notes',
    openFile: () => Promise.resolve(null),
    async *folders() {
      await Promise.resolve();
      const good = {
        bytes: 1,
        pieces: async function* one() {
          yield Uint8Array.of(97);
        },
        close: () => Promise.resolve(),
      };
      yield {
        path: 'x',
        files: [
          file('bad.md', () => Promise.reject(new SourceFault('unreadable', 'It cannot be read.'))),
          { name: 'good.md', open: () => Promise.resolve(good) },
        ],
        skipped: [],
      };
    },
  };
  const dependencies = { ...notes, primitives: createNodePrimitives() };
  const report = await importFolder(dependencies, broken);
  assert.deepEqual(report.skipped, [
    { path: 'x/bad.md', reason: 'unreadable', message: 'It cannot be read.' },
  ]);
  assert.deepEqual([report.complete, counts(report)], [false, '1/0/0 1/0/0 0/0/0']);
  const folder = await makeTree(t, { 'a.md': '' });
  await symlink('nowhere', join(folder, 'link'));
  const linked = await notes.importFrom(folder);
  assert.deepEqual([linked.complete, linked.skipped.length], [true, 1]);
});

test('[IMP-10] many files are recorded in groups, and a stopped import keeps what it recorded', async (t) => {
  const notes = await openTestNotes(t);
  const tree = Object.fromEntries(
    Array.from({ length: 1_200 }, (_, index) => [`${index}.md`, `note ${index}`]),
  );
  const folder = await makeTree(t, tree);
  const stop = new AbortController();
  const onProgress = ({ files }: { readonly files: number }): void => {
    if (files === 1_100) stop.abort(new Error('stopped'));
  };
  await assert.rejects(() => notes.importFrom(folder, { onProgress, signal: stop.signal }), /stopped/);
  assert.equal(notes.entities.count().notes, 1_000);
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 200/0/1000 0/0/0');
});

test('a folder that holds no files is an error, and records nothing', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeFolder(t);
  await assert.rejects(
    () => notes.importFrom(folder),
    (error) =>
      error instanceof DataansError && error.code === 'invalid' && /nothing to import/.test(error.message),
  );
  assert.equal(notes.store.log.writer().n, 0);
});
