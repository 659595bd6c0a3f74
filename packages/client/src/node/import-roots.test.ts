import assert from 'node:assert/strict';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { resolveLink } from '../linked-notes/resolve-link.ts';
import { counts, findNote, importNothing, kept } from '../testing/test-imports.ts';
import {
  makeFolder,
  openTestNotes,
  readTree,
  writeTree,
  type TestNotes,
  type Tree,
} from '../testing/test-notes.ts';

/** Several folders below one, by their paths. */
async function makeFolders(t: TestContext, tree: Tree): Promise<(path: string) => string> {
  const folder = await makeFolder(t);
  await writeTree(folder, tree);
  return (path) => join(folder, path);
}

const texts = ({ entities }: TestNotes): readonly string[] =>
  Array.from(entities.notes(), ({ value }) => value.text).toSorted();

test('[IMP-13] two projects with folders and files of the same names are kept apart, whichever is imported again', async (t) => {
  const at = await makeFolders(t, { 'project-a/docs/README.md': 'A', 'project-b/docs/README.md': 'B' });
  const notes = await openTestNotes(t);
  for (const project of ['project-a', 'project-b'])
    assert.equal(counts(await notes.importFrom(at(project))), '1/0/0 1/0/0 0/0/0');
  for (const project of ['project-a', 'project-b', 'project-a']) await importNothing(notes, at(project));
  assert.deepEqual(texts(notes), ['A', 'B']);
  assert.deepEqual(
    notes.entities
      .spaces()
      .map(({ space }) => space.value.name)
      .toSorted(),
    ['docs', 'docs (project-b)'],
  );
  const out = at('out');
  await notes.exportTo(out);
  assert.deepEqual(await readTree(out), { 'docs/README.md': btoa('A'), 'docs/README (2).md': btoa('B') });
});

test('[IMP-13] two folders of one name that hold other things are kept apart', async (t) => {
  const at = await makeFolders(t, { 'x/notes/todo.md': 'mine', 'y/notes/todo.md': 'yours' });
  const notes = await openTestNotes(t);
  await notes.importFrom(at('x/notes'));
  const second = await notes.importFrom(at('y/notes'));
  assert.deepEqual([second.copy, counts(second)], [2, '1/0/0 1/0/0 0/0/0']);
  for (const folder of ['x/notes', 'y/notes', 'x/notes']) await importNothing(notes, at(folder));
  await writeTree(at('y/notes'), { 'todo.md': 'yours again' });
  assert.equal(counts(await notes.importFrom(at('y/notes'))), '0/0/1 0/1/0 0/0/0');
  assert.deepEqual(texts(notes), ['mine', 'yours again']);
});

test('[IMP-13] a folder that lies where it lay is the same one, though its only file has changed', async (t) => {
  const at = await makeFolders(t, { 'n/todo.md': '- [ ] milk' });
  const notes = await openTestNotes(t);
  await notes.importFrom(at('n'));
  await writeTree(at('n'), { 'todo.md': '- [x] milk' });
  assert.equal(counts(await notes.importFrom(at('n'))), '0/0/1 0/1/0 0/0/0');
  await writeTree(at('n'), { 'todo.md': '- [ ] milk' });
  assert.equal(kept(await importNothing(notes, at('n'))), '1/0 0/0');
});

test('[IMP-13] another folder that has taken the place of one is another one', async (t) => {
  const files = (text: string): Tree =>
    Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`usb/${name}.md`, `${name} ${text}`]));
  const at = await makeFolders(t, files('first'));
  const notes = await openTestNotes(t);
  await notes.importFrom(at('usb'));
  for (const [path, content] of Object.entries(files('second')))
    await writeTree(at('.'), { [path]: content });
  assert.equal(counts(await notes.importFrom(at('usb'))), '1/0/0 5/0/0 0/0/0');
  assert.equal(texts(notes).length, 10);
});

test('[IMP-13] a folder that was renamed or copied, with a few edits, is gone on with', async (t) => {
  const tree = { 'old/a.md': 'a', 'old/b.md': 'b', 'old/c/d.md': 'd', 'old/c/e.png': 'picture' };
  const at = await makeFolders(t, tree);
  const notes = await openTestNotes(t);
  await notes.importFrom(at('old'));
  await rename(at('old'), at('new'));
  await writeTree(at('new'), { 'a.md': 'edited', 'c/f.md': 'another' });
  assert.equal(counts(await notes.importFrom(at('new'))), '0/0/2 1/1/2 0/0/1');
  await mkdir(at('elsewhere'));
  await cp(at('new'), at('elsewhere/new'), { recursive: true });
  await rm(at('new'), { recursive: true });
  await importNothing(notes, at('elsewhere/new'));
});

test('[IMP-13] another device, which remembers nothing, tells the folders apart by what they hold', async (t) => {
  const at = await makeFolders(t, {
    'x/notes/a.md': 'a',
    'x/notes/b.md': 'b',
    'y/notes/a.md': 'other a',
    'y/notes/b.md': 'other b',
  });
  const one = await openTestNotes(t);
  await one.importFrom(at('x/notes'));
  await one.importFrom(at('y/notes'));
  const other = await openTestNotes(t, one.keyring);
  await other.receiveFrom(one);
  for (const folder of ['y/notes', 'x/notes']) await importNothing(other, at(folder));
});

test('[IMP-5] names in the other Unicode normalisation are the same folders, notes and links', async (t) => {
  const at = await makeFolders(t, {
    'pc/n/caf\u{e9}/caf\u{e9}.md': 'text',
    'mac/n/cafe\u{301}/cafe\u{301}.md': 'text',
  });
  const notes = await openTestNotes(t);
  await notes.importFrom(at('pc/n'));
  await importNothing(notes, at('mac/n'));
  const other = await openTestNotes(t, notes.keyring);
  await other.importFrom(at('mac/n'));
  await other.receiveFrom(notes);
  assert.deepEqual(other.entities.count(), { spaces: 1, notes: 1, files: 0 });
  const note = findNote(notes, 'caf\u{e9}.md');
  for (const href of ['caf\u{e9}.md', 'cafe\u{301}.md', '../cafe\u{301}/caf\u{e9}.md'])
    assert.equal(resolveLink(notes.entities, note, href)?.id, note.id);
});

test('[IMP-5] two files whose names differ in their Unicode normalisation only are two notes', async (t) => {
  if (process.platform !== 'linux') return t.skip('the file system folds names');
  const at = await makeFolders(t, { 'n/caf\u{e9}.md': 'composed', 'n/cafe\u{301}.md': 'decomposed' });
  const notes = await openTestNotes(t);
  await notes.importFrom(at('n'));
  await importNothing(notes, at('n'));
  assert.deepEqual(texts(notes), ['composed', 'decomposed']);
});
