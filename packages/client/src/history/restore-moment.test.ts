import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import {
  createKeyring,
  limits,
  unlockKeyring,
  type EntityId,
  type EntityKind,
  type OperationId,
} from '@dataans/core';
import fc from 'fast-check';
import { createNodePrimitives } from '../node/primitives.ts';
import { openMemorySqlite } from '../node/sqlite.ts';
import { openTestNotes, type TestNotes } from '../testing/test-notes.ts';
import {
  append,
  change,
  fileValue,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  receive,
  spaceId,
  startMs,
  readNote,
} from '../testing/test-store.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import { createStore } from '../store/create-store.ts';
import type { Entity } from '../store/entities.ts';
import { hasLostText } from '../store/lost-text.ts';
import type { Store } from '../store/store.ts';
import { createReadAt } from './read-at.ts';
import { restoreMoment, type Moment } from './restore-moment.ts';
import { countChanges, type RestoreReport } from './restore-report.ts';

const primitives = createNodePrimitives();
const keyring = await unlockKeyring(primitives, createKeyring(primitives));
const laterMs = startMs + 1_000_000;

function restore(store: Store, moment: Moment): Promise<RestoreReport> {
  const notebook = createNotebook({
    store,
    primitives,
    readKeyring: async () => keyring,
    clock: { now: () => laterMs },
  });
  return restoreMoment({ entities: store.entities, past: store.past, notebook }, moment);
}

const otherSpace = numberedUuid<EntityId>('5face', 2);
const files = [1, 2].map((number) => numberedUuid<EntityId>('f11e', number));
const notes = [1, 2, 3].map((number) => numberedUuid<EntityId>('0e7e', number));
const everything: readonly (readonly [EntityKind, EntityId])[] = [
  ['space', spaceId],
  ['space', otherSpace],
  ...files.map((id) => ['file', id] as const),
  ...notes.map((id) => ['note', id] as const),
];

interface Step {
  readonly entity: number;
  readonly word: string;
  readonly deleted: boolean;
  readonly isElsewhere: boolean;
  /** Made on what is current, or without having seen any of it. */
  readonly isApart: boolean;
  readonly clockMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  entity: fc.nat(everything.length - 1),
  word: fc.constantFrom('alpha', 'beta', 'alpha\nbeta', ''),
  deleted: fc.boolean(),
  isElsewhere: fc.boolean(),
  isApart: fc.nat(3).map((one) => one === 0),
  clockMs: fc.integer({ min: -60, max: 60 }),
});

function planStep(
  { entity, word, deleted, isElsewhere }: Step,
  parents: readonly OperationId[],
): PlannedChange {
  const [kind, id] = everything[entity] ?? ['space', spaceId];
  const given = { parents, deleted };
  if (kind === 'space') return change('space', id, { name: word, folder: null }, given);
  if (kind === 'file') return change('file', id, fileValue(word), given);
  const space = isElsewhere ? otherSpace : spaceId;
  return change('note', id, noteValue({ space, text: word, files: isElsewhere ? files : [] }), given);
}

function play(store: Store, steps: readonly Step[]): void {
  const other = otherDevice();
  for (const [index, each] of steps.entries()) {
    const [kind, id] = everything[each.entity] ?? ['space', spaceId];
    const nowMs = startMs + index * 20 + each.clockMs;
    const heads = store.entities.read(kind, id)?.heads ?? [];
    if (each.isApart) receive(store, [other.make(planStep(each, heads.slice(1)), nowMs)], nowMs);
    else append(store, [planStep(each, heads)], nowMs);
  }
}

interface Living {
  readonly kind: EntityKind;
  readonly id: EntityId;
  readonly value: unknown;
}

/** What lives, and as what; at a time, or now. */
function living(store: Store, atMs = Infinity): readonly Living[] {
  const readAt = createReadAt(store, atMs);
  return everything.flatMap(([kind, id]) => {
    const entity = readAt(kind, id);
    return entity === null || entity.deleted ? [] : [{ kind, id, value: entity.value }];
  });
}

/** For any past, and any time in it or around it. */
async function assertForAnyPast(check: (store: Store, at: number) => Promise<void>): Promise<void> {
  const moment = fc.integer({ min: -2, max: 27 });
  const past = fc.array(step, { minLength: 3, maxLength: 25 });
  const holds = fc.asyncProperty(past, moment, async (steps, index) => {
    const store = createStore({ database: openMemorySqlite(), randomBytes });
    try {
      play(store, steps);
      await check(store, startMs + index * 20 + 5);
    } finally {
      store.close();
    }
  });
  await fc.assert(holds, { numRuns: 100 });
}

test('[HIS-7] [HIS-4] restored to a time, everything that lived then lives as it did, and nothing else; twice is once', async () => {
  await assertForAnyPast(async (store, at) => {
    const isNewFile = ({ kind, id }: Living): boolean =>
      kind === 'file' && createReadAt(store, at)(kind, id) === null;
    const then = living(store, at);
    await restore(store, { at });
    assert.deepEqual(
      living(store).filter((one) => !isNewFile(one)),
      then,
    );
    assert.deepEqual(living(store, at), then);
    const operations = store.log.operationCount();
    assert.equal(countChanges(await restore(store, { at })), 0);
    assert.equal(store.log.operationCount(), operations);
  });
});

test('[HIS-8] what was deleted since a time lives again as it was when it was deleted, what lost its text has it again, and nothing else changes', async () => {
  await assertForAnyPast(async (store, at) => {
    const readAt = createReadAt(store, at);
    const expected = everything.flatMap(([kind, id]) => {
      const entity = store.entities.read(kind, id);
      const then = readAt(kind, id);
      if (entity === null || (entity.deleted && then?.deleted === true)) return [];
      return [{ kind, id, value: withTextOf(entity.value, then) }];
    });
    await restore(store, { at, onlyDeleted: true });
    assert.deepEqual(living(store), expected);
    assert.equal(countChanges(await restore(store, { at, onlyDeleted: true })), 0);
  });
});

/** What was all but lost since then comes back as well. // GRD-4 */
function withTextOf(value: Entity['value'], then: Entity | null): Entity['value'] {
  if (then === null || then.deleted || !('text' in value) || !('text' in then.value)) return value;
  return hasLostText(then.value.text, value.text) ? { ...value, text: then.value.text } : value;
}

/** A device with a clock of its own: `time` is between what was done before and what comes. */
async function openNotes(t: TestContext, like?: TestNotes) {
  const device = await openTestNotes(t, like?.keyring);
  const dependencies = { entities: device.entities, past: device.store.past, notebook: device.notebook };
  return {
    ...device,
    restore: (moment: Moment, dryRun = false) => restoreMoment(dependencies, moment, { dryRun }),
    texts: (): readonly string[] => Array.from(device.entities.notes(), ({ value }) => value.text).toSorted(),
    spaceNames: (): readonly string[] => device.entities.spaces().map(({ space }) => space.value.name),
    time: (): number => device.store.log.writer().last.at,
  };
}

test('[HIS-7] notes that came since go to the trash, edited ones are as they were, and deleted ones live', async (t) => {
  const { notebook, entities, restore: restoreTo, texts, spaceNames, time } = await openNotes(t);
  const space = await notebook.addSpace('Recipes');
  const edited = await notebook.addNote({ space: space.id, text: 'soup' });
  const removed = await notebook.addNote({ space: space.id, text: 'bread' });
  const at = time();
  await notebook.editNote(edited, { text: 'spoilt', pinned: true });
  await notebook.removeNote(removed);
  const fresh = await notebook.addNote({ space: space.id, text: 'new' });
  const diary = await notebook.addSpace('Diary');
  const picture = numberedUuid<EntityId>('f11e', 9);
  await notebook.record(() => [change('file', picture, fileValue('new.jpg'))]);
  await notebook.renameSpace(space.id, 'Rezepte');

  const planned = await restoreTo({ at }, true);
  assert.deepEqual(texts(), ['new', 'spoilt']);
  const report = await restoreTo({ at });
  assert.deepEqual(planned, report);
  assert.deepEqual(report, {
    spaces: { restored: 0, reverted: 1, deleted: 1 },
    notes: { restored: 1, reverted: 1, deleted: 1 },
    files: { restored: 0, reverted: 0, deleted: 0 },
    tooLarge: [],
  });
  assert.deepEqual(texts(), ['bread', 'soup']);
  assert.deepEqual(spaceNames(), ['Recipes']);
  assert.equal(entities.read('note', fresh.id)?.value.text, 'new');
  assert.equal(entities.read('space', diary.id)?.deleted, true);
  assert.equal(entities.read('file', picture)?.deleted, false);
});

test('[HIS-7] one space is restored, with what its notes need, and everything else stays', async (t) => {
  const { notebook, restore: restoreTo, texts, entities, spaceNames, time } = await openNotes(t);
  const recipes = await notebook.addSpace('Recipes');
  const diary = await notebook.addSpace('Diary');
  const picture = numberedUuid<EntityId>('f11e', 9);
  await notebook.record(() => [change('file', picture, fileValue('pie.jpg'))]);
  await notebook.addNote({ space: recipes.id, text: 'pie', files: [picture] });
  const visitor = await notebook.addNote({ space: diary.id, text: 'visitor' });
  const day = await notebook.addNote({ space: diary.id, text: 'monday' });
  const at = time();
  await notebook.editNote(day, { text: 'tuesday' });
  await notebook.editNote(visitor, { space: recipes.id, text: 'changed' });
  await notebook.addNote({ space: recipes.id, text: 'new' });
  await notebook.removeSpace(recipes.id);
  const file = entities.read('file', picture);
  assert.ok(file !== null);
  await notebook.record(() => [change('file', picture, file.value, { parents: file.heads, deleted: true })]);

  const report = await restoreTo({ at, space: recipes.id });
  assert.deepEqual(texts(), ['pie', 'tuesday', 'visitor']);
  assert.deepEqual(spaceNames(), ['Diary', 'Recipes']);
  assert.equal(entities.read('file', picture)?.deleted, false);
  assert.equal(report.files.restored, 1);
  assert.equal(countChanges(await restoreTo({ at, space: recipes.id })), 0);
});

test('[HIS-7] a note that had moved goes back to where it was, into the space or out of it, and a deleted space comes back', async (t) => {
  const { notebook, restore: restoreTo, entities, spaceNames, time } = await openNotes(t);
  const recipes = await notebook.addSpace('Recipes');
  const diary = await notebook.addSpace('Diary');
  const visitor = await notebook.addNote({ space: diary.id, text: 'visitor' });
  const cook = await notebook.addNote({ space: recipes.id, text: 'cook' });
  const then = time();
  await notebook.editNote(visitor, { space: recipes.id });
  await notebook.editNote(cook, { space: diary.id });
  await notebook.removeSpace(diary.id);
  await restoreTo({ at: then, space: recipes.id });
  assert.equal(entities.read('note', visitor.id)?.value.space, diary.id);
  assert.deepEqual(entities.read('note', cook.id)?.value, cook.value);
  assert.deepEqual(spaceNames(), ['Diary', 'Recipes']);
  assert.equal(entities.read('space', diary.id)?.deleted, false);
});

test('[HIS-4] two devices that restore before they meet have one and the same state, without a conflict', async (t) => {
  const one = await openNotes(t);
  const other = await openNotes(t, one);
  const space = await one.notebook.addSpace('Recipes');
  const note = await one.notebook.addNote({ space: space.id, text: 'one\ntwo' });
  const removed = await one.notebook.addNote({ space: space.id, text: 'bread' });
  await other.receiveFrom(one);
  const at = one.time();
  await one.notebook.editNote(note, { text: 'spoilt' });
  await one.notebook.removeNote(removed);
  await other.receiveFrom(one);
  await one.restore({ at });
  await other.restore({ at });
  await one.receiveFrom(other);
  await other.receiveFrom(one);
  for (const device of [one, other]) {
    assert.deepEqual(device.texts(), ['bread', 'one\ntwo']);
    assert.deepEqual(
      Array.from(device.entities.notes(), ({ conflict }) => conflict),
      [false, false],
    );
    assert.equal(countChanges(await device.restore({ at })), 0);
  }
  assert.deepEqual(
    Array.from(one.entities.notes()).toSorted(byId),
    Array.from(other.entities.notes())
      .toSorted(byId)
      .map((each) => ({ ...each, backedUp: false })),
  );
});

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : 1;
}

test('[HIS-4] what a restore undid can be had back by a restore to the time before it', async (t) => {
  const { notebook, restore: restoreTo, texts, time } = await openNotes(t);
  const space = await notebook.addSpace('Recipes');
  const at = time();
  await notebook.addNote({ space: space.id, text: 'written since' });
  const before = time();
  await restoreTo({ at });
  assert.deepEqual(texts(), []);
  await restoreTo({ at: before });
  assert.deepEqual(texts(), ['written since']);
});

test('[HIS-5] thousands of notes are restored in groups; one that was stopped goes on', async (t) => {
  const { notebook, entities, store, texts, time } = await openNotes(t);
  const space = await notebook.addSpace('Many');
  await notebook.record(() =>
    Array.from({ length: 1_200 }, (_, number) =>
      change(
        'note',
        numberedUuid<EntityId>('a11', number),
        noteValue({ space: space.id, text: `${number}` }),
      ),
    ),
  );
  const at = time();
  const all = texts();
  await notebook.removeSpace(space.id);
  const stop = new AbortController();
  const dependencies = { entities, past: store.past, notebook };
  const done: number[] = [];
  const onProgress = (progress: { readonly done: number }): void => {
    done.push(progress.done);
    stop.abort();
  };
  await assert.rejects(restoreMoment(dependencies, { at }, { signal: stop.signal, onProgress }), {
    name: 'AbortError',
  });
  assert.deepEqual(done, [500]);
  assert.equal(texts().length, 499);
  const { notes: tally } = await restoreMoment(dependencies, { at });
  assert.equal(tally.restored, 701);
  assert.deepEqual(texts(), all);
});

test('[HIS-5] what somebody else records meanwhile is restored on top of, and counted as it is', async (t) => {
  const { notebook, entities, store, texts, time } = await openNotes(t);
  const space = await notebook.addSpace('Recipes');
  const note = await notebook.addNote({ space: space.id, text: 'soup' });
  const at = time();
  await notebook.editNote(note, { text: 'spoilt' });
  let isFirst = true;
  /** Between the first plan and its recording another process deletes the note. */
  const record: typeof notebook.record = async (plan) => {
    if (isFirst) plan();
    if (isFirst) await notebook.removeNote(readNote({ entities }, note.id));
    isFirst = false;
    return notebook.record(plan);
  };
  const report = await restoreMoment({ entities, past: store.past, notebook: { record } }, { at });
  assert.deepEqual(report.notes, { restored: 1, reverted: 0, deleted: 0 });
  assert.deepEqual(texts(), ['soup']);
});

test('[HIS-5] what notes of several groups need is counted once', async (t) => {
  const { notebook, restore: restoreTo, time } = await openNotes(t);
  const recipes = await notebook.addSpace('Recipes');
  const diary = await notebook.addSpace('Diary');
  const ids = Array.from({ length: 700 }, (_, number) => numberedUuid<EntityId>('a11', number));
  await notebook.record(() => ids.map((id) => change('note', id, noteValue({ space: diary.id }))));
  const at = time();
  await notebook.removeSpace(diary.id);
  await notebook.record(() =>
    ids.map((id) => change('note', id, noteValue({ space: recipes.id, text: 'moved, unseen' }))),
  );
  const { spaces, notes: tally } = await restoreTo({ at, space: recipes.id }, true);
  assert.deepEqual([spaces.restored, tally.reverted], [1, 700]);
});

test('[HIS-5] what is too large for one operation now stays as it is, and is named', async (t) => {
  const store = openTestStore(t);
  const [note = spaceId] = notes;
  const half = 'x'.repeat(limits.operationBytesMax * 0.6);
  append(store, [change('note', note, noteValue({ text: '' }))], startMs);
  const parents = store.entities.read('note', note)?.heads ?? [];
  append(store, [change('note', note, noteValue({ text: half }), { parents })], startMs + 1);
  receive(store, [
    otherDevice().make(
      change('note', note, noteValue({ text: half.replaceAll('x', 'y') }), { parents }),
      startMs + 1,
    ),
  ]);
  const at = startMs + 1;
  append(
    store,
    [
      change('note', note, noteValue({ text: 'short' }), {
        parents: store.entities.read('note', note)?.heads ?? [],
      }),
    ],
    startMs + 5,
  );
  const { tooLarge, notes: tally } = await restore(store, { at });
  assert.deepEqual(tooLarge, [{ kind: 'note', id: note }]);
  assert.deepEqual(tally, { restored: 0, reverted: 0, deleted: 0 });
  assert.equal(store.entities.read('note', note)?.value.text, 'short');
});
