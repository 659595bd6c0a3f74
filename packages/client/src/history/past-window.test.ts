import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId, OperationId } from '@dataans/core';
import fc from 'fast-check';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  receive,
  startMs,
} from '../testing/test-store.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import type { Store } from '../store/store.ts';
import type { NoteKey } from '../store/windows/note-key.ts';
import { createEntitiesAt } from './entities-at.ts';
import { createPastWindows } from './past-window.ts';

const spaces = [1, 2, 3].map((number) => numberedUuid<EntityId>('5face', number));
const notes = [1, 2, 3, 4].map((number) => numberedUuid<EntityId>('2072e', number));

interface Step {
  readonly note: number;
  readonly space: number;
  readonly deleted: boolean;
  readonly elsewhere: boolean;
  /** Made on a revision that came this much earlier: a fork, if it isn't 0. */
  readonly back: number;
  /** Less than nothing: by a clock that is behind. */
  readonly laterMs: number;
  readonly dated: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    note: fc.nat(3),
    space: fc.nat(2),
    deleted: fc.boolean(),
    elsewhere: fc.boolean(),
    back: fc.constantFrom(0, 0, 0, 1, 2),
    laterMs: fc.integer({ min: -3, max: 20 }),
    dated: fc.boolean(),
  }),
  { maxLength: 30 },
);

/** Two devices move, delete and bring back notes, and what the other one does comes late. */
function live(store: Store, made: readonly Step[]): number {
  const other = otherDevice();
  const revisions = new Map<number, OperationId[]>();
  let nowMs = startMs;
  append(
    store,
    spaces.map((id) => change('space', id, { name: 'Space', folder: null })),
    nowMs,
  );
  for (const { note, space, deleted, elsewhere, back, laterMs, dated } of made) {
    nowMs += laterMs;
    const known = revisions.get(note) ?? [];
    const parent = known.at(-1 - back) ?? known.at(-1);
    const given = { parents: parent === undefined ? [] : [parent], deleted };
    const [id, inSpace] = [notes[note], spaces[space]];
    assert.ok(id !== undefined && inSpace !== undefined);
    const value = noteValue({ space: inSpace, text: `${known.length}`, date: dated ? note * 7 : null });
    const planned: PlannedChange = change('note', id, value, given);
    const [revision] = elsewhere ? [other.make(planned, nowMs)] : append(store, [planned], nowMs);
    assert.ok(revision !== undefined);
    if (elsewhere) receive(store, [revision], nowMs);
    revisions.set(note, [...known, revision.id]);
  }
  return nowMs;
}

test('[STO-55] a space at any time, part by part, holds what the history of each note says', (t) => {
  fc.assert(
    fc.property(steps, fc.integer({ min: -2, max: 300 }), (made, later) => {
      const store = openTestStore(t);
      live(store, made);
      const at = startMs + later;
      const everything = createEntitiesAt(store.entities, store.past, at);
      const read = createPastWindows(store);
      for (const space of spaces) {
        const rows = [];
        for (let before: NoteKey | undefined, isLast = false; !isLast;) {
          const window = read(at, { space, limit: 2, ...(before === undefined ? {} : { before }) });
          rows.unshift(...window.rows);
          isLast = window.before === null;
          before = window.before ?? before;
        }
        const expected = [...everything.notes()].filter(({ value }) => value.space === space);
        assert.deepEqual(
          new Map(rows.map((row) => [row.id, row.beginning])),
          new Map(expected.map(({ id, value }) => [id, value.text])),
        );
        const moments = rows.map(({ moment }) => moment);
        assert.deepEqual(
          moments,
          moments.toSorted((left, right) => left - right),
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('[STO-55] a space as it is now, looked at as the past, is its stream', (t) => {
  fc.assert(
    fc.property(steps, (made) => {
      const store = openTestStore(t);
      live(store, made);
      for (const space of spaces) {
        const { rows } = createPastWindows(store)(Number.MAX_SAFE_INTEGER, { space });
        assert.deepEqual(rows, store.windows.stream({ space }).rows);
      }
    }),
    { numRuns: 50 },
  );
});

test('[HIS-17] a note of the past is told from what it is now, unless it is the same again', (t) => {
  const store = openTestStore(t);
  const [space = '' as EntityId] = spaces;
  const [same = '' as EntityId, changed = '' as EntityId, gone = '' as EntityId] = notes;
  const write = (id: EntityId, text: string, nowMs: number, deleted = false): void => {
    const parents = store.entities.read('note', id)?.heads ?? [];
    append(store, [change('note', id, noteValue({ space, text }), { parents, deleted })], nowMs);
  };
  for (const id of [same, changed, gone]) write(id, 'then', startMs);
  write(same, 'for a while', startMs + 10);
  write(same, 'then', startMs + 20);
  write(changed, 'now', startMs + 20);
  write(gone, 'then', startMs + 20, true);
  const { rows, since } = createPastWindows(store)(startMs + 5, { space });
  assert.equal(rows.length, 3);
  assert.deepEqual(
    since,
    new Map([
      [changed, 'changed'],
      [gone, 'deleted'],
    ]),
  );
});
