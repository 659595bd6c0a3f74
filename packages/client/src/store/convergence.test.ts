import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  bytesToUuid,
  createRevisionGraph,
  mergeRevisions,
  type EntityId,
  type EntityKind,
} from '@dataans/core';
import fc from 'fast-check';
import { openMemorySqlite } from '../node/sqlite.ts';
import type { PlannedChange } from '../notebook/notebook.ts';
import { createStore } from './create-store.ts';
import type { LocalRevision } from './local-log.ts';
import {
  append,
  change,
  fileValue,
  noteValue,
  numberedUuid,
  receive,
  spaceId,
  startMs,
  testCursor,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

const otherSpace = numberedUuid<EntityId>('5face', 2);
const file = numberedUuid<EntityId>('f11e', 1);
const notes = [1, 2, 3].map((number) => numberedUuid<EntityId>('0e7e', number));
const allIds: readonly (readonly [EntityKind, EntityId])[] = [
  ['space', spaceId],
  ['space', otherSpace],
  ['file', file],
  ...notes.map((note) => ['note', note] as const),
];

interface Step {
  readonly store: number;
  readonly act: 'write' | 'pull' | 'push' | 'push, and the answer is lost';
  readonly entity: number;
  readonly word: string;
  readonly deleted: boolean;
  readonly many: number;
  readonly clockMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  store: fc.nat(2),
  act: fc.constantFrom('write', 'write', 'pull', 'push', 'push, and the answer is lost'),
  entity: fc.nat(allIds.length - 1),
  word: fc.constantFrom('alpha', 'beta', 'gamma', ''),
  deleted: fc.boolean(),
  many: fc.integer({ min: 1, max: 4 }),
  clockMs: fc.integer({ min: -50, max: 50 }),
});

interface World {
  /** What a server would keep: every operation once, in the order of arrival. */
  readonly log: LocalRevision[];
  readonly madeById: Map<string, LocalRevision>;
  readonly stores: readonly Store[];
}

function createWorld(): World {
  return { log: [], madeById: new Map(), stores: [openStore(), openStore(), openStore()] };
}

function openStore(): Store {
  return createStore({ database: openMemorySqlite(), randomBytes });
}

test('[STO-5] stores that have the same operations say the same, whatever the order, and what the merge says', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      (steps, shuffle) => {
        const world = createWorld();
        const fed = openStore();
        try {
          for (const [index, each] of steps.entries()) play(world, each, index);
          for (const store of world.stores) send(world, store, 100);
          for (const store of world.stores) pull(world, store, 100);
          feed(fed, shuffled(world.log, shuffle), shuffle);
          const expected = expectedState(world.log);
          for (const store of [...world.stores, fed]) {
            assert.deepEqual(storedState(store), expected);
            assert.equal(store.log.operationCount(), world.log.length);
            assert.deepEqual(store.log.holes(), []);
          }
          assert.deepEqual(lists(fed), lists(world.stores[0] ?? fed));
        } finally {
          for (const store of [...world.stores, fed]) store.close();
        }
      },
    ),
    { numRuns: 150 },
  );
});

function play(world: World, { store: index, act, many, ...edit }: Step, number: number): void {
  const store = world.stores[index];
  if (store === undefined) return;
  if (act === 'pull') pull(world, store, many);
  else if (act === 'push') acknowledge(world, store, send(world, store, many));
  else if (act === 'push, and the answer is lost') send(world, store, many);
  else write(world, store, edit, startMs + number * 10 + edit.clockMs);
}

function write(
  world: World,
  store: Store,
  { entity, word, deleted }: Pick<Step, 'entity' | 'word' | 'deleted'>,
  nowMs: number,
): void {
  const [kind, id] = allIds[entity] ?? ['note', spaceId];
  const parents = store.entities.read(kind, id)?.heads ?? [];
  for (const revision of append(store, [planned(store, kind, id, word, { parents, deleted })], nowMs))
    world.madeById.set(revision.id, revision);
}

function planned(
  store: Store,
  kind: EntityKind,
  id: EntityId,
  word: string,
  given: NonNullable<Parameters<typeof change>[3]>,
): PlannedChange {
  if (kind === 'space') return change('space', id, { name: word, folder: null }, given);
  if (kind === 'file') return change('file', id, fileValue(`${word}.png`), given);
  const text = store.entities.read('note', id)?.value.text ?? 'first\nlast\n';
  const lines = text.split('\n');
  const edited = [...lines.slice(0, 1), word, ...lines.slice(1)].slice(0, 8).join('\n');
  return change(
    'note',
    id,
    noteValue({
      space: word === 'beta' ? otherSpace : spaceId,
      name: `${word}.md`,
      text: edited,
      files: word === 'alpha' ? [file] : [],
      pinned: word === 'gamma',
    }),
    given,
  );
}

interface Sent {
  readonly places: readonly number[];
  /** Where the log stood before, and whether it had none of them. */
  readonly before: number;
  readonly areAllNew: boolean;
}

function send(world: World, store: Store, many: number): Sent {
  const before = world.log.length;
  const rows = store.log.outbox({ operations: many, bytes: Infinity });
  const sent = rows.map(({ id }) => world.madeById.get(bytesToUuid(id)));
  const added = sent.filter((revision) => revision !== undefined && !world.log.includes(revision));
  for (const revision of added) if (revision !== undefined) world.log.push(revision);
  return { places: rows.map(({ place }) => place), before, areAllNew: added.length === rows.length };
}

function acknowledge(world: World, store: Store, { places, before, areAllNew }: Sent): void {
  const follows = areAllNew && (store.log.cursor()?.seq ?? 0) === before;
  store.log.acknowledge(places, follows ? testCursor(world.log.length) : null);
}

function pull(world: World, store: Store, many: number): void {
  const from = store.log.cursor()?.seq ?? 0;
  receive(store, world.log.slice(from, from + many), startMs + 10_000);
}

/** In pages of several sizes, with everything twice. */
function feed(store: Store, log: readonly LocalRevision[], sizes: readonly number[]): void {
  const twice = [...log, ...log.toReversed()];
  for (let start = 0, page = 0; start < twice.length; page += 1) {
    const size = 1 + ((sizes[page % sizes.length] ?? 0) % 5);
    receive(store, twice.slice(start, start + size), startMs + 10_000);
    start += size;
  }
}

function shuffled<Item>(items: readonly Item[], keys: readonly number[]): readonly Item[] {
  return items
    .map((item, index) => ({ item, key: keys[index % keys.length] ?? 0 }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

function storedState(store: Store): readonly unknown[] {
  return allIds.map(([kind, id]) => {
    const entity = store.entities.read(kind, id);
    if (entity === null) return null;
    const { backedUp, kind: readKind, id: readId, ...state } = entity;
    assert.deepEqual([backedUp, readKind, readId], [true, kind, id]);
    return state;
  });
}

function expectedState(log: readonly LocalRevision[]): readonly unknown[] {
  return allIds.map(([kind, id]) => {
    const revisions = log.filter(({ operation }) => operation.entity === kind && operation.id === id);
    const state = mergeRevisions(createRevisionGraph(revisions));
    if (state === null) return null;
    return {
      heads: state.heads.map((head) => head.id),
      value: state.value,
      deleted: state.deleted,
      conflict: state.conflict,
      createdAt: Math.min(...revisions.map(({ operation }) => operation.at)),
      editedAt: Math.max(...state.heads.map(({ operation }) => operation.at)),
    };
  });
}

function lists({ entities }: Store): unknown {
  return {
    spaces: entities.spaces(),
    notes: [...entities.notes()],
    files: [...entities.files()],
    counts: entities.count(),
    found: ['alpha', 'be', 'gamma.md', 'alpha.png'].map((query) => entities.search(query)),
  };
}
