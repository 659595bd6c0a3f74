import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKeyring, unlockKeyring } from '@dataans/core';
import { createFiles } from '../files/create-files.ts';
import { importFolder } from '../import/import-folder.ts';
import { planEdit } from '../notebook/plan-changes.ts';
import { createChunkFolder } from './chunk-folder.ts';
import { openFolderSource } from './folder-source.ts';
import { createNodePrimitives } from './primitives.ts';
import { openContent } from './read-content.ts';
import {
  counts,
  findNote,
  findSpace,
  importNothing,
  kept,
  makeTree,
  names,
} from '../testing/test-imports.ts';
import { openTestNotes, writeTree } from '../testing/test-notes.ts';

test('[IMP-11] a note that was edited since stays so while its file is as it was', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'a', 'b.md': 'b' });
  await notes.importFrom(folder);
  await notes.notebook.editNote(findNote(notes, 'a.md'), { text: 'edited' });
  await notes.notebook.editNote(findNote(notes, 'a.md'), { text: 'edited twice' });
  const again = await importNothing(notes, folder);
  assert.deepEqual([counts(again), kept(again)], ['0/0/1 0/0/1 0/0/0', '1/0 0/0']);
  assert.equal(findNote(notes, 'a.md').value.text, 'edited twice');
  await writeTree(folder, { 'a.md': 'a2' });
  assert.equal(counts(await notes.importFrom(folder)), '0/0/1 0/1/1 0/0/0');
  assert.equal(findNote(notes, 'a.md').value.text, 'a2');
});

test('[IMP-11] what was deleted since stays deleted while its file is as it was', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.md': 'a', 'b.png': 'b', 'x/c.md': 'c', 'x/d.md': 'd' });
  await notes.importFrom(folder);
  const deleted = findNote(notes, 'a.md');
  await notes.notebook.removeNote(deleted);
  await notes.notebook.removeNote(findNote(notes, 'b.png'));
  await notes.notebook.removeSpace(findSpace(notes, 'x'));
  const again = await importNothing(notes, folder);
  assert.deepEqual([counts(again), kept(again)], ['0/0/1 0/0/0 0/0/0', '0/3 0/1']);
  assert.deepEqual(notes.entities.count(), { spaces: 1, notes: 0, files: 0 });
});

test('[IMP-11] what was deleted comes back with other content, and so does its space', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'x/a.md': 'a', 'x/b.md': 'b', 'x/c.md': 'c' });
  await notes.importFrom(folder);
  const { id } = findNote(notes, 'b.md');
  await notes.notebook.removeSpace(findSpace(notes, 'x'));
  await writeTree(folder, { 'x/b.md': 'b2', 'x/c.md': 'c2' });
  const again = await notes.importFrom(folder);
  assert.deepEqual([counts(again), kept(again)], ['0/1/0 0/2/0 0/0/0', '0/1 0/0']);
  assert.deepEqual(names(notes), ['b.md', 'c.md']);
  assert.deepEqual([findNote(notes, 'b.md').id, findNote(notes, 'b.md').value.text], [id, 'b2']);
  assert.equal(
    notes.entities.spaces().every(({ space }) => !space.deleted),
    true,
  );
});

test('[IMP-11] a file that was taken off its note, or replaced, stays so while it is as it was', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.png': 'a', 'b.png': 'b', 'c.md': Uint8Array.of(0xff) });
  await notes.importFrom(folder);
  await notes.notebook.editNote(findNote(notes, 'a.png'), { files: [], text: 'only words' });
  await notes.notebook.editNote(findNote(notes, 'c.md'), { text: 'words' });
  const [id] = findNote(notes, 'b.png').value.files;
  const file = id === undefined ? null : notes.entities.read('file', id);
  const other = await makeTree(t, { 'b.png': 'other' });
  assert.ok(file !== null);
  const sealed = await notes.files.seal(await openContent(join(other, 'b.png')));
  await notes.notebook.record(() => planEdit('file', file, { ...file.value, ...sealed }));
  const again = await importNothing(notes, folder);
  assert.deepEqual([counts(again), kept(again)], ['0/0/1 0/0/0 0/0/0', '0/0 3/0']);
});

test('[IMP-4] files are as they were after the data key changed', async (t) => {
  const notes = await openTestNotes(t);
  const folder = await makeTree(t, { 'a.png': 'picture', 'b.md': 'b' });
  await notes.importFrom(folder);
  const primitives = createNodePrimitives();
  const added = await unlockKeyring(primitives, createKeyring(primitives));
  const keyring = { ...added, byId: new Map([...notes.keyring.byId, ...added.byId]) };
  const chunks = createChunkFolder(join(notes.home, 'chunks'));
  const files = createFiles({ chunks, primitives, readKeyring: async () => keyring });
  const source = await openFolderSource(folder, notes.home);
  const report = await importFolder({ ...notes, files, primitives }, source);
  assert.deepEqual([counts(report), kept(report)], ['0/0/1 0/0/1 0/0/1', '0/0 0/0']);
});

test('[IMP-11] an edit or deletion on another device is kept as one made here is', async (t) => {
  const one = await openTestNotes(t);
  const other = await openTestNotes(t, one.keyring);
  const folder = await makeTree(t, { 'a.md': 'a', 'b.md': 'b', 'c.png': 'c' });
  await one.importFrom(folder);
  await other.importFrom(folder);
  await one.notebook.editNote(findNote(one, 'a.md'), { text: 'edited' });
  await one.notebook.removeNote(findNote(one, 'b.md'));
  assert.equal(kept(await importNothing(other, folder)), '0/0 0/0');
  await other.receiveFrom(one);
  const before = findNote(other, 'a.md').value.text;
  await importNothing(other, folder);
  assert.equal(findNote(other, 'a.md').value.text, before);
  const third = await openTestNotes(t, one.keyring);
  await third.receiveFrom(one);
  assert.equal(kept(await importNothing(third, folder)), '1/1 0/0');
  assert.deepEqual([findNote(third, 'a.md').value.text, names(third)], ['edited', ['a.md', 'c.png']]);
});
