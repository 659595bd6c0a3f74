import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { EntityId, OperationId } from '@dataans/core';
import {
  append,
  change,
  fileValue,
  noteValue,
  numberedUuid,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  spaceId,
  startMs,
} from '../testing/test-store.ts';
import type { LocalRevision } from '../store/local-log.ts';
import { readHistory } from './read-history.ts';

const note = numberedUuid<EntityId>('0e7e', 1);

interface Made {
  readonly on?: readonly LocalRevision[];
  readonly deleted?: boolean;
  readonly value?: Parameters<typeof noteValue>[0];
}

/** Two devices that write one note, and a store that receives it in the order of the test. */
function createNote(t: TestContext) {
  const store = openTestStore(t);
  const devices = { laptop: otherDevice(), phone: otherDevice() };
  const make = (device: keyof typeof devices, second: number, { on = [], deleted, value }: Made) =>
    devices[device].make(
      change('note', note, noteValue(value), { parents: on.map(({ id }) => id), deleted: deleted === true }),
      startMs + second * 1_000,
    );
  const history = () => readHistory(store, 'note', note);
  return { store, devices, make, history };
}

test('[HIS-1] revisions count from 1 in merge order, whatever the order in which they came', (t) => {
  const one = createNote(t);
  const other = createNote(t);
  const created = one.make('laptop', 0, { value: { text: 'a' } });
  const left = one.make('laptop', 5, { on: [created], value: { text: 'left' } });
  const right = one.make('phone', 5, { on: [created], value: { text: 'right' } });
  const settled = one.make('phone', 9, { on: [left, right], value: { text: 'both' } });
  receive(one.store, [created, left, right, settled]);
  receive(other.store, [settled, right]);
  receive(other.store, [left, created]);
  assert.deepEqual(one.history(), other.history());
  assert.deepEqual(
    one
      .history()
      .map(({ number, id }) => [number, id])
      .filter(([, id]) => id === created.id || id === settled.id),
    [
      [1, created.id],
      [4, settled.id],
    ],
  );
});

test('[HIS-1] an older revision that arrives late takes its place, and those behind it move up', (t) => {
  const { store, make, history } = createNote(t);
  const created = make('laptop', 0, { value: { text: 'a' } });
  const edited = make('laptop', 9, { on: [created], value: { text: 'b' } });
  receive(store, [created, edited]);
  assert.equal(history().find(({ id }) => id === edited.id)?.number, 2);
  const late = make('phone', 4, { on: [created], value: { text: 'c' } });
  receive(store, [late]);
  assert.deepEqual(
    history().map(({ id }) => id),
    [created.id, late.id, edited.id],
  );
});

test('[HIS-3] each revision says what it changed', (t) => {
  const { store, make, history } = createNote(t);
  const moved = numberedUuid<EntityId>('5face', 2);
  const file = randomUuid<EntityId>();
  const steps: readonly Made[] = [
    { value: { name: 'a.md', text: 'one\ntwo\n' } },
    { value: { name: 'a.md', text: 'one\n2\nthree\n' } },
    { value: { name: 'b.md', text: 'one\n2\nthree\n', space: moved } },
    { value: { name: 'b.md', text: 'one\n2\nthree\n', space: moved, pinned: true, files: [file] } },
    { value: { name: 'b.md', text: 'one\n2\nthree\n', space: moved }, deleted: true },
    { value: { name: 'b.md', text: '', space: moved } },
    { value: { name: 'b.md', text: '', space: moved } },
  ];
  let before: readonly LocalRevision[] = [];
  for (const [index, step] of steps.entries()) {
    before = [make('laptop', index, { ...step, on: before })];
    receive(store, before);
  }
  assert.deepEqual(
    history().map(({ changes }) => changes),
    [
      [{ kind: 'created' }, { kind: 'text', added: 2, removed: 0 }],
      [{ kind: 'text', added: 2, removed: 1 }],
      [
        { kind: 'moved', from: spaceId, to: moved },
        { kind: 'renamed', from: 'a.md', to: 'b.md' },
      ],
      [{ kind: 'files', added: 1, removed: 0 }, { kind: 'pinned' }],
      [{ kind: 'deleted' }, { kind: 'files', added: 0, removed: 1 }, { kind: 'unpinned' }],
      [{ kind: 'restored' }, { kind: 'text', added: 0, removed: 3 }],
      [],
    ],
  );
  assert.deepEqual(
    history().map(({ isCurrent, apartFrom }) => [isCurrent, apartFrom]),
    [...Array.from({ length: 6 }, () => [false, []]), [true, []]],
  );
});

test('[HIS-3] revisions that were made apart say from what, and one that settles them what it settled', (t) => {
  const { store, make, history } = createNote(t);
  const created = make('laptop', 0, { value: { text: 'one\ntwo\nthree' } });
  const first = make('laptop', 1, { on: [created], value: { text: '1\ntwo\nthree' } });
  const second = make('laptop', 2, { on: [first], value: { text: '1\n2\nthree' } });
  const apart = make('phone', 3, { on: [created], value: { text: 'one\ntwo\n3' } });
  receive(store, [created, first, second, apart]);
  assert.deepEqual(
    history().map(({ madeOn, apartFrom, isCurrent }) => ({ madeOn, apartFrom, isCurrent })),
    [
      { madeOn: [], apartFrom: [], isCurrent: false },
      { madeOn: [1], apartFrom: [], isCurrent: false },
      { madeOn: [2], apartFrom: [], isCurrent: true },
      { madeOn: [1], apartFrom: [3], isCurrent: true },
    ],
  );
  receive(store, [make('phone', 4, { on: [second, apart], value: { text: '1\n2\n3\nfour' } })]);
  const last = history().at(-1);
  assert.deepEqual(last?.changes, [{ kind: 'settled' }, { kind: 'text', added: 1, removed: 0 }]);
  assert.deepEqual([last?.madeOn, last?.apartFrom, last?.isCurrent], [[3, 4], [], true]);
});

test('[HIS-3] a revision whose base is not here does not pretend to know what it changed', (t) => {
  const { store, make, history } = createNote(t);
  const hidden = make('laptop', 0, { value: { text: 'a' } });
  receive(store, [make('laptop', 1, { on: [hidden], value: { text: 'b' } })]);
  assert.deepEqual(history()[0]?.changes, [{ kind: 'base-unknown' }]);
  assert.deepEqual(history()[0]?.madeOn, []);
});

test('[HIS-3] a clock that ran ahead puts no revision before the one that it was made on', (t) => {
  const { store, make, history } = createNote(t);
  const ahead = make('laptop', 3_600, { value: { text: 'a' } });
  const edit = make('phone', 1, { on: [ahead], value: { text: 'a\nb' } });
  const apart = make('laptop', 7_200, { value: { text: 'c' } });
  receive(store, [ahead, edit, apart]);
  assert.deepEqual(
    history().map(({ id, madeOn, apartFrom, isCurrent }) => [id, madeOn, apartFrom, isCurrent]),
    [
      [ahead.id, [], [], false],
      [edit.id, [1], [], true],
      [apart.id, [], [2], true],
    ],
  );
});

test('[HIS-3] devices are called by their names, and those that are not known by nothing', (t) => {
  const { store, devices, make, history } = createNote(t);
  // A device is an entity under its own id.
  const laptop = devices.laptop.device as string as EntityId;
  receive(store, [devices.laptop.make(change('device', laptop, { name: 'Laptop' }), startMs)]);
  const created = make('laptop', 1, {});
  receive(store, [created, make('phone', 2, { on: [created], value: { text: 'x' } })]);
  assert.deepEqual(
    history().map(({ device }) => device),
    [
      { id: devices.laptop.device, name: 'Laptop' },
      { id: devices.phone.device, name: null },
    ],
  );
});

test('[HIS-3] spaces and files have a history too', (t) => {
  const store = openTestStore(t);
  const file = numberedUuid<EntityId>('f11e', 1);
  const heads = (kind: 'space' | 'file', id: EntityId): readonly OperationId[] =>
    store.entities.read(kind, id)?.heads ?? [];
  append(store, [change('space', spaceId, { name: 'A', folder: null })], startMs);
  append(
    store,
    [change('space', spaceId, { name: 'B', folder: 'b' }, { parents: heads('space', spaceId) })],
    startMs,
  );
  append(store, [change('file', file, fileValue('a.png'))], startMs);
  append(
    store,
    [change('file', file, { name: 'b.png', bytes: 3, chunks: 'x' }, { parents: heads('file', file) })],
    startMs,
  );
  assert.deepEqual(readHistory(store, 'space', spaceId)[1]?.changes, [
    { kind: 'renamed', from: 'A', to: 'B' },
    { kind: 'folder', from: null, to: 'b' },
  ]);
  const dyed = { name: 'B', folder: 'b', colour: 'teal', shelf: [1] };
  append(store, [change('space', spaceId, dyed, { parents: heads('space', spaceId) })], startMs);
  assert.deepEqual(readHistory(store, 'space', spaceId)[2]?.changes, [
    { kind: 'members', names: ['colour', 'shelf'] },
  ]);
  assert.deepEqual(readHistory(store, 'file', file)[1]?.changes, [
    { kind: 'renamed', from: 'a.png', to: 'b.png' },
    { kind: 'content', from: 0, to: 3 },
  ]);
});

test('what nobody has made has no history', (t) => {
  const store = openTestStore(t);
  assert.deepEqual(readHistory(store, 'note', note), []);
});
