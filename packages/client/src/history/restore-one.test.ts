import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { limits, type EntityId } from '@dataans/core';
import { openTestNotes } from '../testing/test-notes.ts';
import { change, fileValue, numberedUuid, readNote } from '../testing/test-store.ts';
import { readHistory } from './read-history.ts';
import { restoreNote, restoreRevision } from './restore-one.ts';
import { countChanges } from './restore-report.ts';

const picture = numberedUuid<EntityId>('f11e', 1);

async function openWithNote(t: TestContext) {
  const { notebook, entities, store } = await openTestNotes(t);
  const space = await notebook.addSpace('Recipes');
  await notebook.record(() => [change('file', picture, fileValue('pie.jpg'))]);
  const note = await notebook.addNote({ space: space.id, text: 'first', files: [picture] });
  const removeFile = async (): Promise<void> => {
    const file = entities.read('file', picture);
    assert.ok(file !== null);
    await notebook.record(() => [
      change('file', picture, file.value, { parents: file.heads, deleted: true }),
    ]);
  };
  const read = () => entities.read('note', note.id);
  return {
    notebook,
    entities,
    space,
    note,
    removeFile,
    read,
    here: { entities, past: store.past, notebook },
  };
}

test('[HIS-6] [HIS-4] a revision that is restored is a new one on top; restored again it is none', async (t) => {
  const { notebook, note, read, here } = await openWithNote(t);
  await notebook.editNote(note, { text: 'second', pinned: true });
  const report = await restoreRevision(here, { kind: 'note', id: note.id }, 1);
  assert.equal(report.notes.reverted, 1);
  assert.deepEqual(read()?.value, note.value);
  const history = readHistory(here, 'note', note.id);
  assert.deepEqual(
    history.map(({ madeOn }) => madeOn),
    [[], [1], [2]],
  );
  assert.equal(countChanges(await restoreRevision(here, { kind: 'note', id: note.id }, 1)), 0);
  assert.equal(countChanges(await restoreRevision(here, { kind: 'note', id: note.id }, 3)), 0);
  assert.equal(readHistory(here, 'note', note.id).length, 3);
});

test('[HIS-6] a deleted note lives again with its space and its files, as they were when they were deleted', async (t) => {
  const { notebook, entities, space, note, removeFile, read, here } = await openWithNote(t);
  await notebook.editNote(note, { text: 'second' });
  await notebook.removeSpace(space.id);
  await removeFile();
  const report = await restoreNote(here, note.id);
  assert.deepEqual([report.spaces.restored, report.notes.restored, report.files.restored], [1, 1, 1]);
  assert.deepEqual([read()?.deleted, read()?.value.text], [false, 'second']);
  assert.equal(entities.read('space', space.id)?.deleted, false);
  assert.equal(entities.read('file', picture)?.deleted, false);
  assert.equal(countChanges(await restoreNote(here, note.id)), 0);
});

test('[HIS-6] an earlier revision of a deleted note brings back what that one needs', async (t) => {
  const { notebook, entities, space, note, removeFile, read, here } = await openWithNote(t);
  const other = await notebook.addSpace('Other');
  await notebook.editNote(note, { space: other.id, files: [] });
  await notebook.removeSpace(space.id);
  await removeFile();
  await notebook.removeNote(readNote({ entities }, note.id));
  await restoreRevision(here, { kind: 'note', id: note.id }, 1);
  assert.deepEqual([read()?.deleted, read()?.value], [false, note.value]);
  assert.equal(entities.read('space', space.id)?.deleted, false);
  assert.equal(entities.read('file', picture)?.deleted, false);
});

test('[HIS-6] a space is restored to a revision by itself', async (t) => {
  const { notebook, entities, space, here, read } = await openWithNote(t);
  await notebook.renameSpace(space.id, 'Rezepte');
  await notebook.removeSpace(space.id);
  await restoreRevision(here, { kind: 'space', id: space.id }, 1);
  assert.deepEqual(
    [
      entities.read('space', space.id)?.value.name,
      entities.read('space', space.id)?.deleted,
      read()?.deleted,
    ],
    ['Recipes', false, true],
  );
});

test('[HIS-6] a revision that is none, and one that is a deletion, are refused with a sentence', async (t) => {
  const { notebook, note, read, here } = await openWithNote(t);
  await notebook.removeNote(note);
  const restore = async (number: number): Promise<unknown> =>
    restoreRevision(here, { kind: 'note', id: note.id }, number);
  for (const number of [0, 3, -1, 1.5, Number.NaN])
    await assert.rejects(restore(number), { code: 'not-found', message: /Its last one is 2\.$/ });
  await assert.rejects(restore(2), { code: 'invalid', message: /Revision 2 is the deletion/ });
  assert.equal(read()?.deleted, true);
});

test('[HIS-6] a note that has merged into more than one operation holds is refused, and its revisions are not', async (t) => {
  const { note, notebook, read, here } = await openWithNote(t);
  const half = 'x'.repeat(limits.operationBytesMax * 0.6);
  const apart = [half, half.replaceAll('x', 'y')].map((text) =>
    change('note', note.id, { ...note.value, text }, { parents: note.heads, deleted: true }),
  );
  await notebook.record(() => apart);
  await assert.rejects(restoreNote(here, note.id), {
    code: 'too-large',
    message: /too large for one change/,
  });
  assert.equal(read()?.deleted, true);
  assert.equal(readHistory(here, 'note', note.id).length, 3);
  await restoreRevision(here, { kind: 'note', id: note.id }, 1);
  assert.equal(read()?.value.text, 'first');
});
