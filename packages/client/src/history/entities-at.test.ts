import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportFolder } from '../export/export-folder.ts';
import { openFolderTarget } from '../node/folder-target.ts';
import { makeFolder, openTestNotes, readTree, writeTree } from '../testing/test-notes.ts';
import { readNote } from '../testing/test-store.ts';
import { createEntitiesAt } from './entities-at.ts';

test('[HIS-9] an export of a time is what an export would have been then, in both formats', async (t) => {
  const notes = await openTestNotes(t);
  const { notebook, entities, store } = notes;
  const source = await makeFolder(t);
  await writeTree(source, {
    'a.md': 'a',
    'below/b.md': 'b',
    'below/picture.png': new Uint8Array([1, 2, 3]),
    'gone/c.md': 'c',
  });
  await notes.importFrom(source);
  const inbox = await notebook.addSpace('Inbox');
  const words = await notebook.addNote({ space: inbox.id, text: 'Some words', pinned: true });
  const trashed = await notebook.addNote({ space: inbox.id, text: 'Trash' });
  await notebook.removeNote(trashed);
  const empty = await notebook.addSpace('Empty');
  const at = store.log.writer().last.at;
  const out = await makeFolder(t);
  const then = { markdown: join(out, 'then'), json: join(out, 'then-json') };
  await notes.exportTo(then.markdown);
  await notes.exportTo(then.json, { format: 'json' });

  for (const { space } of entities.spaces())
    if (space.value.folder === 'gone') await notebook.removeSpace(space.id);
  await notebook.renameSpace(inbox.id, 'Other');
  await notebook.editNote(words, { text: 'Changed', pinned: false });
  await notebook.removeSpace(empty.id);
  await notebook.addNote({ space: inbox.id, text: 'New' });
  await writeTree(source, { 'below/b.md': 'b2', 'below/picture.png': new Uint8Array([9]), 'new/d.md': 'd' });
  await notes.importFrom(source);

  for (const format of ['markdown', 'json'] as const) {
    const folder = join(out, `at-${format}`);
    const past = createEntitiesAt(entities, store.past, at);
    const report = await exportFolder(
      { entities: past, files: notes.files, proof: notes.proof },
      await openFolderTarget(folder, notes.home),
      { format },
    );
    assert.deepEqual(await readTree(folder), await readTree(then[format]));
    assert.deepEqual(report, { spaces: 5, notes: 5, files: 1, renamed: 0, leftovers: [] });
  }
});

test('[HIS-9] an export of a time before everything is empty', async (t) => {
  const { notebook, entities, store } = await openTestNotes(t);
  await notebook.addNote({ space: (await notebook.addSpace('Inbox')).id, text: 'New' });
  const before = createEntitiesAt(entities, store.past, 0);
  assert.deepEqual(before.count(), { spaces: 0, notes: 0, files: 0 });
  assert.deepEqual([...before.notes(), ...before.spaces(), ...before.files()], []);
  const now = createEntitiesAt(entities, store.past, Number.MAX_SAFE_INTEGER);
  assert.deepEqual(now.count(), entities.count());
});

test('[HIS-9] [MRG-7] a space that was deleted was there as long as notes lived in it', async (t) => {
  const one = await openTestNotes(t);
  const other = await openTestNotes(t, one.keyring);
  const space = await one.notebook.addSpace('Inbox');
  const note = await one.notebook.addNote({ space: space.id, text: 'kept' });
  await other.receiveFrom(one);
  await one.notebook.removeSpace(space.id);
  await other.notebook.editNote(note, { text: 'edited' });
  await one.receiveFrom(other);
  await one.notebook.removeNote(readNote(one.store, note.id));
  const at = one.store.log.writer().last.at - 1;
  const [summary, ...others] = createEntitiesAt(one.entities, one.store.past, at).spaces();
  assert.deepEqual([summary?.space.id, summary?.notes, others], [space.id, 1, []]);
  assert.deepEqual(one.entities.spaces(), []);
});
