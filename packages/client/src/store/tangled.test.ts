import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  createRevisionGraph,
  mergeRevisions,
  type DeviceId,
  type EntityId,
  type OperationId,
} from '@dataans/core';
import fc from 'fast-check';
import { openMemorySqlite } from '../node/sqlite.ts';
import {
  noteValue,
  numberedUuid,
  receive,
  startMs,
  toRevision,
  toFifthSchema,
} from '../testing/test-store.ts';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { createStore } from './create-store.ts';
import type { LocalRevision } from './local-log.ts';
import { migrate } from './migrate.ts';
import type { Store } from './store.ts';
import { createTransactions } from './transactions.ts';

const note = numberedUuid<EntityId>('0e7e', 1);
const operationId = (number: number) => numberedUuid<OperationId>('0b', number);

function noteRevision(
  number: number,
  parents: readonly number[],
  text: string,
  given: { readonly device?: number; readonly n?: number; readonly deleted?: boolean } = {},
): LocalRevision {
  const { device = number % 3, n = number + 1, deleted = false } = given;
  const operation = {
    v: 1,
    device: numberedUuid<DeviceId>('de71ce', device),
    n,
    at: startMs + number,
    c: 0,
    entity: 'note',
    id: note,
    parents: parents.map(operationId),
    deleted,
    value: noteValue({ text }),
  } as const;
  return toRevision(operation, operationId(number));
}

/** Whatever a faulty writer may write: any revision may name any, itself and unknown ones too. */
const tangles = fc
  .array(
    fc.tuple(
      fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
      fc.constantFrom('a', 'b', 'a\nb', ''),
      fc.boolean(),
    ),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((all) =>
    all.map(([parents, text, deleted], number) => noteRevision(number, parents, text, { deleted })),
  );

const arrivals = tangles.chain((all) =>
  fc.tuple(
    fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 10, maxLength: 10 }),
  ),
);

function receiveInPages(store: Store, revisions: readonly LocalRevision[], sizes: readonly number[]): void {
  for (let start = 0, page = 0; start < revisions.length; page += 1) {
    const size = sizes[page % sizes.length] ?? 1;
    receive(store, revisions.slice(start, start + size));
    start += size;
  }
}

function storedState({ entities }: Store) {
  const { heads, value, deleted, conflict, createdAt } =
    entities.read('note', note) ?? assert.fail('No note.');
  return { heads, text: value.text, deleted, conflict, createdAt };
}

function expectedState(revisions: readonly LocalRevision[]) {
  const state = mergeRevisions(createRevisionGraph(revisions)) ?? assert.fail('No state.');
  return {
    heads: state.heads.map(({ id }) => id),
    text: (state.value as { readonly text: string }).text,
    deleted: state.deleted,
    conflict: state.conflict,
    createdAt: Math.min(...revisions.map(({ operation }) => operation.at)),
  };
}

test('[STO-5] [MRG-11] whoever names whom, and in whatever order they come, the store says what the merge says', () => {
  fc.assert(
    fc.property(arrivals, ([revisions, sizes]) => {
      const store = createStore({ database: openMemorySqlite(), randomBytes });
      try {
        receiveInPages(store, revisions, sizes);
        assert.deepEqual(storedState(store), expectedState(revisions));
      } finally {
        store.close();
      }
    }),
    { numRuns: 100 },
  );
});

test('[STO-5] revisions that name each other are one state on every device, and can be edited', () => {
  const [one, other] = [noteRevision(1, [2], 'a'), noteRevision(2, [1], 'b')];
  const edit = noteRevision(3, [1, 2], 'c');
  for (const pages of [[[one], [other]], [[other], [one]], [[one, other]], [[other, one]]]) {
    const store = createStore({ database: openMemorySqlite(), randomBytes });
    for (const page of pages) receive(store, page);
    assert.deepEqual(storedState(store), expectedState([one, other]));
    receive(store, [edit]);
    assert.deepEqual(storedState(store).heads, [edit.id]);
    store.close();
  }
});

/** A database that counts the bodies of operations, and the rows of graphs, that were read from it. */
function countReads(database: SqlDatabase) {
  const read = { bodies: 0, graph: 0 };
  const count = (sql: string, rows: number): void => {
    if (/\bbody\b/.test(sql)) read.bodies += rows;
    if (sql.includes('p.ids')) read.graph += rows;
  };
  const counting: SqlDatabase = {
    ...database,
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        ...statement,
        run: (...values) => statement.run(...values),
        iterate: (...values) => statement.iterate(...values),
        get: (...values) => {
          const row = statement.get(...values);
          count(sql, row === undefined ? 0 : 1);
          return row;
        },
        all: (...values) => {
          const rows = statement.all(...values);
          count(sql, rows.length);
          return rows;
        },
      };
    },
  };
  return { read, counting };
}

test('[STO-32] while two heads stand, a revision costs heads and bases, however long the history is', () => {
  for (const length of [10, 200]) {
    const { read, counting } = countReads(openMemorySqlite());
    const store = createStore({ database: counting, randomBytes });
    const line = Array.from({ length }, (_, number) =>
      noteRevision(number, number === 0 ? [] : [number - 1], `line\n${number}`),
    );
    receive(store, line);
    receive(store, [noteRevision(1_000, [0], 'apart\nline\n0')]);
    read.bodies = 0;
    read.graph = 0;
    receive(store, [noteRevision(length, [length - 1], 'line\nlater')]);
    assert.deepEqual(read, { bodies: 3, graph: 0 });
    assert.equal(store.entities.read('note', note)?.value.text, 'apart\nline\nlater');
    store.close();
  }
});

test('[STO-32] to find that a note was edited apart no body is read but those of heads and bases', () => {
  const { read, counting } = countReads(openMemorySqlite());
  const store = createStore({ database: counting, randomBytes });
  const line = Array.from({ length: 100 }, (_, number) =>
    noteRevision(number, number === 0 ? [] : [number - 1], `line\n${number}`),
  );
  receive(store, line);
  read.bodies = 0;
  receive(store, [noteRevision(1_000, [50], 'apart\n50')]);
  assert.deepEqual(read, { bodies: 3, graph: 101 });
  store.close();
});

/** Makes a store of now one of the third schema, which merged otherwise. */
const toThirdSchema = `
  ${toFifthSchema}
  DROP TABLE arrivals; ALTER TABLE followed_log DROP COLUMN latest;
  DROP TABLE parents; DROP TABLE awaited; DROP TABLE numbers; DROP INDEX runs_by_place;
  CREATE TABLE devices (id BLOB PRIMARY KEY, highest INTEGER NOT NULL, operations INTEGER NOT NULL) WITHOUT ROWID;
  UPDATE entities SET merged = json_set(json_remove(merged, '$.bases'), '$.value.text', 'as it was'), conflict = 0
    WHERE merged IS NOT NULL;
  PRAGMA user_version = 3;
`;

function dumpGraph(database: SqlDatabase): unknown {
  return ['parents', 'awaited', 'numbers', 'entities'].map((table) =>
    database
      .prepare(`SELECT * FROM ${table} ORDER BY 1`)
      .all()
      .map((row) => ({ ...row })),
  );
}

test('[STO-17] an older store gets graph, numbers and merged notes as if this program had stored all of it', () => {
  fc.assert(
    fc.property(arrivals, ([revisions, sizes]) => {
      const database = openMemorySqlite();
      try {
        receiveInPages(createStore({ database, randomBytes }), revisions, sizes);
        const before = dumpGraph(database);
        database.exec(toThirdSchema);
        const migrated = createStore({ database, randomBytes });
        assert.deepEqual(dumpGraph(database), before);
        assert.deepEqual(storedState(migrated), expectedState(revisions));
      } finally {
        database.close();
      }
    }),
    { numRuns: 100 },
  );
});

test('[STO-17] the words of a note that merges otherwise now are found', () => {
  const database = openMemorySqlite();
  const store = createStore({ database, randomBytes });
  receive(store, [
    noteRevision(0, [], 'base'),
    noteRevision(1, [0], 'first'),
    noteRevision(2, [0], 'second'),
  ]);
  database.exec(toThirdSchema);
  const older = database.prepare(
    'INSERT INTO words (rowid, text) SELECT entity, ? FROM entities WHERE id = ?',
  );
  older.run('as it was', Buffer.from(note.replaceAll('-', ''), 'hex'));
  database.exec('UPDATE indexed SET place = 3');
  const migrated = createStore({ database, randomBytes });
  assert.equal(migrated.entities.search('second').length, 1);
  database.close();
});

test('[STO-17] what is to be finished after a migration is in its transaction', () => {
  const database = openMemorySqlite();
  createStore({ database, randomBytes });
  database.exec(toThirdSchema);
  const finish = () => {
    throw new Error('killed');
  };
  assert.throws(
    () =>
      migrate(database, createTransactions(database), {
        randomBytes: (length) => randomBytes(length),
        finish,
      }),
    /killed/,
  );
  assert.equal(database.prepare('PRAGMA user_version').get()?.['user_version'], 3);
  createStore({ database, randomBytes }).close();
});
