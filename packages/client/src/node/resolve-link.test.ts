import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Entity } from '../store/entities.ts';
import { findLinks } from '../links/find-links.ts';
import { resolveLink } from '../linked-notes/resolve-link.ts';
import { makeFolder, openTestNotes, writeTree, type TestNotes, type Tree } from '../testing/test-notes.ts';

async function importTree(t: TestContext, tree: Tree): Promise<TestNotes> {
  const folder = join(await makeFolder(t), 'notes');
  await writeTree(folder, tree);
  const notes = await openTestNotes(t);
  await notes.importFrom(folder);
  return notes;
}

function findNote({ entities }: TestNotes, path: string): Entity<'note'> {
  const folder = path.split('/').slice(0, -1).join('/');
  for (const note of entities.notes()) {
    const space = entities.read('space', note.value.space);
    if (space?.value.folder === folder && path.endsWith(note.value.name)) return note;
  }
  throw new TypeError(`There is no note ${path}.`);
}

/** The path of what a link of the note at a path leads to, and its kind. */
function follow(notes: TestNotes, from: string, href: string): string | null {
  const linked = resolveLink(notes.entities, findNote(notes, from), href);
  if (linked === null) return null;
  const entity = notes.entities.read(linked.kind, linked.id);
  return `${linked.kind} ${entity?.value.name}`;
}

const tree: Tree = {
  'top.md': '',
  'a/note.md': '',
  'a/b/deep.md': '',
  'a/b/with space.md': '',
  'a/b/100%.md': '',
  'a/b/what?#1.md': '',
  'images/ї.png': 'picture',
};

for (const [from, href, expected] of [
  ['a/note.md', 'note.md', 'note note.md'],
  ['a/note.md', './b/deep.md#part', 'note deep.md'],
  ['a/b/deep.md', '../../top.md', 'note top.md'],
  ['a/b/deep.md', '/a/note.md', 'note note.md'],
  ['a/b/deep.md', '../../images/%D1%97.png', 'file ї.png'],
  ['top.md', 'images/ї.png?raw=true', 'file ї.png'],
  ['a/b/deep.md', 'with%20space.md', 'note with space.md'],
  ['a/b/deep.md', '100%.md', 'note 100%.md'],
  ['a/b/deep.md', '100%25.md', 'note 100%.md'],
  ['a/b/deep.md', 'what%3F%231.md', 'note what?#1.md'],
  ['a/b/deep.md', 'what?#1.md', 'note what?#1.md'],
] as const) {
  test(`[LNK-2] in ${from}, ${href} leads to the ${expected}`, async (t) => {
    assert.equal(follow(await importTree(t, tree), from, href), expected);
  });
}

test('[LNK-3] a link above the root, to a folder or to nothing leads to nothing', async (t) => {
  const notes = await importTree(t, tree);
  for (const href of [
    '../../../top.md',
    '..',
    '/',
    'b',
    'b/',
    'gone.md',
    'Deep.md',
    '#part',
    '%00',
    '../../../../etc/passwd',
  ])
    assert.equal(follow(notes, 'a/b/deep.md', href), null, href);
});

test('[LNK-2] a note that was moved or deleted is no longer where it was', async (t) => {
  const notes = await importTree(t, tree);
  const { id: space } = await notes.notebook.addSpace('My ideas');
  await notes.notebook.editNote(findNote(notes, 'a/b/deep.md'), { space });
  await notes.notebook.removeNote(findNote(notes, 'top.md'));
  assert.equal(follow(notes, 'a/note.md', 'b/deep.md'), null);
  assert.equal(follow(notes, 'a/note.md', '../My%20ideas/deep.md'), 'note deep.md');
  assert.equal(follow(notes, 'a/note.md', '../top.md'), null);
});

test('[LNK-2] of two spaces for one folder, the own one comes first', async (t) => {
  const notes = await openTestNotes(t);
  for (const name of ['diary', 'recipes']) {
    const { id: space } = await notes.notebook.addSpace(name, '');
    await notes.notebook.addNote({ space, name: 'a.md', text: name });
    await notes.notebook.addNote({ space, name: 'b.md', text: name });
  }
  for (const note of Array.from(notes.entities.notes())) {
    const linked = resolveLink(notes.entities, note, 'b.md');
    assert.equal(linked !== null && linked.kind === 'note', true);
    if (linked !== null) assert.equal(notes.entities.read('note', linked.id)?.value.text, note.value.text);
  }
});

test("[LNK-2] a note's own files are found by name, and where an export puts them", async (t) => {
  const notes = await importTree(t, { 'a/picture.png': 'picture' });
  const [fileId] = findNote(notes, 'a/picture.png').value.files;
  assert.notEqual(fileId, undefined);
  if (fileId === undefined) return;
  const { id: space } = await notes.notebook.addSpace('x');
  const note = await notes.notebook.addNote({ space, name: 'tar.md', files: [fileId] });
  for (const href of ['picture.png', './picture.png', 'tar.files/picture.png'])
    assert.deepEqual(resolveLink(notes.entities, note, href), { kind: 'file', id: fileId });
  for (const href of ['other.files/picture.png', '../picture.png', 'x/picture.png'])
    assert.equal(resolveLink(notes.entities, note, href), null);
});

test('[LNK-1] [LNK-2] links of an imported note lead to what they led to in the folder', async (t) => {
  const text = '[up](../top.md "Top") ![](<../images/ї.png>) [ref]\n\n[ref]: b/with%20space.md\n';
  const notes = await importTree(t, { ...tree, 'a/note.md': text });
  const found = findLinks(findNote(notes, 'a/note.md').value.text);
  assert.deepEqual(
    found.map(({ href }) => follow(notes, 'a/note.md', href)),
    ['note top.md', 'file ї.png', 'note with space.md'],
  );
});
