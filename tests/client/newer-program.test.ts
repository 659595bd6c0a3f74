import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { restoreNote, restoreRevision } from '../../packages/client/src/history/restore-one.ts';
import type { Entity } from '../../packages/client/src/store/entities.ts';
import type { EntityId, NoteValue } from '@dataans/core';
import { attach } from './attach.ts';
import { signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Members that a later program gives to notes. */
const later = { tags: ['garden', { of: 2027 }], remind: null } as const;

interface Devices {
  /** Of the newer program: it writes members that the other one does not know. */
  readonly newer: TestHome;
  readonly older: TestHome;
  readonly note: EntityId;
  /** Everything that each device says of the note, which is the same. */
  meet(): Promise<unknown>;
}

/** Two devices of one account that both have a note with members of the newer program. */
async function twoPrograms(t: TestContext): Promise<Devices> {
  const { address } = await startServer(t);
  const newer = await signedIn(t, address);
  const older = await signedIn(t, address, newer);
  const notebook = await newer.notebook();
  const space = await notebook.addSpace('Recipes', null, { colour: 'teal' });
  const { id: note } = await notebook.addNote({ space: space.id, text: 'one\ntwo\n', ...later });
  const meet = async (): Promise<unknown> => {
    for (const home of [newer, older, newer]) await sync(home);
    const read = (home: TestHome) => home.store.entities.read('note', note);
    assert.deepEqual(read(older)?.value, read(newer)?.value);
    assert.equal(older.status().quarantined, 0);
    return read(older)?.value;
  };
  await meet();
  return { newer, older, note, meet };
}

function readNote(home: TestHome, id: EntityId): Entity<'note'> {
  const note = home.store.entities.read('note', id);
  assert.ok(note !== null);
  return note;
}

const membersOf = (value: unknown): unknown => {
  const { tags, remind } = value as typeof later;
  return { tags, remind };
};

/** A change of members that the type does not have yet. */
function change(members: object): Partial<NoteValue> {
  return members;
}

test('[OPR-7] an older program edits, moves, pins, deletes and restores a note, and its newer members stay', async (t) => {
  const { older, note, meet } = await twoPrograms(t);
  const notebook = await older.notebook();
  const { entities, past } = older.store;
  const dependencies = { entities, past, notebook };
  const other = await notebook.addSpace('Other');
  const seen = () => readNote(older, note);
  const steps: readonly (() => Promise<unknown>)[] = [
    () => notebook.editNote(seen(), { text: 'one\n2\n' }),
    () => notebook.editNote(seen(), { space: other.id }),
    () => notebook.editNote(seen(), { pinned: true }),
    () => notebook.editNote(seen(), { date: 0 }),
    () => attach(older, 'a.txt', Buffer.from('a')),
    () => notebook.removeNote(seen()),
    () => restoreNote(dependencies, note),
    () => restoreRevision(dependencies, { kind: 'note', id: note }, 1),
  ];
  for (const step of steps) {
    await step();
    assert.deepEqual(membersOf(await meet()), later);
  }
});

test('[OPR-7] what both programs change at the same time is all there', async (t) => {
  const { newer, older, note, meet } = await twoPrograms(t);
  await (await older.notebook()).editNote(readNote(older, note), { text: 'one\n2\n' });
  await (await newer.notebook()).editNote(readNote(newer, note), change({ tags: ['soup'], colour: 'red' }));
  const { text, ...value } = (await meet()) as NoteValue;
  assert.equal(text, 'one\n2\n');
  assert.deepEqual({ ...value, ...later, tags: ['soup'], colour: 'red' }, value);
  await (await older.notebook()).editNote(readNote(older, note), { pinned: true });
  assert.deepEqual(membersOf(await meet()), { ...later, tags: ['soup'] });
});

test('[OPR-7] an older program renames a space, a file or a device, and their newer members stay', async (t) => {
  const { newer, older, meet } = await twoPrograms(t);
  const shelf = 'a shelf of a later program';
  const [space] = newer.store.entities.spaces();
  await attach(newer, 'a.txt', Buffer.from('a'));
  const [file] = [...newer.store.entities.files()];
  const device = newer.store.entities.devices().find(({ value }) => value.name === 'Laptop');
  assert.ok(space !== undefined && file !== undefined && device !== undefined);
  const known = [space.space, file, device] as const;
  // The kinds and their values belong together, as they were read.
  const planAll = (home: TestHome, members: object) =>
    known.map(({ kind, id }) => {
      const { heads, value } = home.store.entities.read(kind, id) ?? { heads: [], value: { name: '' } };
      return { entity: kind, id, parents: heads, deleted: false, value: { ...value, ...members } } as never;
    });
  await (await newer.notebook()).record(() => planAll(newer, { shelf }));
  await meet();
  await (await older.notebook()).record(() => planAll(older, { name: 'Renamed' }));
  await (await older.notebook()).editSpace(space.space.id, { colour: null, icon: '🍋' });
  await meet();
  for (const home of [newer, older])
    for (const { kind, id } of known) {
      const value = home.store.entities.read(kind, id)?.value as {
        readonly name: string;
        readonly shelf: string;
      };
      assert.deepEqual([value.name, value.shelf], ['Renamed', shelf], kind);
    }
});
