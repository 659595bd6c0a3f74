import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { EntityId, NoteValue } from '@dataans/core';
import { migrate } from '../store/migrate.ts';
import { migrations } from '../store/schema.ts';
import { createTransactions } from '../store/transactions.ts';
import { eraseHome } from './erase-home.ts';
import { openStoreFile } from './open-store-file.ts';
import { createNodePrimitives } from './primitives.ts';
import { openSqlite } from './sqlite.ts';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  otherDevice,
  randomUuid,
  readNote,
  receive,
  spaceId,
  startMs,
  temporaryFolder,
  toFifthSchema,
} from '../testing/test-store.ts';

const primitives = createNodePrimitives();
const oldStore = join(import.meta.dirname, '../testing/fixtures/schema-1', 'store.sqlite');
const program = fileURLToPath(new URL('migrate-and-die.fixture.ts', import.meta.url));

/** A store of the first schema, in a folder of its own. */
function makeOldStore(t: TestContext): string {
  const path = join(temporaryFolder(t), 'store.sqlite');
  copyFileSync(oldStore, path);
  return path;
}

/** Everything that is in a database, schema included. */
function dump(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const schema = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
    const tables = ['operations', 'entities', 'outbox', 'quarantine', 'writer', 'facts', 'positions', 'runs'];
    const rows = tables.map((name) => database.prepare(`SELECT * FROM ${name} ORDER BY 1`).all());
    return [database.prepare('PRAGMA user_version').get(), schema, rows];
  } finally {
    database.close();
  }
}

function addNote(store: ReturnType<typeof openStoreFile>): void {
  append(store, [change('note', randomUuid<EntityId>(), noteValue({ text: 'new' }))], startMs * 2);
}

test('[STO-17] an older store is copied whole before its schema changes', (t) => {
  const path = makeOldStore(t);
  const before = dump(path);
  openStoreFile(path, primitives).close();
  assert.deepEqual(readdirSync(dirname(path)).toSorted(), ['store.sqlite', 'store.sqlite.before-schema-2']);
  assert.deepEqual(dump(`${path}.before-schema-2`), before);
  assert.equal(statSync(`${path}.before-schema-2`).mode & 0o777, 0o600);
  assert.notDeepEqual(dump(path), before);
});

test('[STO-34] notes of an older store are in their order, with the dates that merged edits agree on', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const store = openStoreFile(path, primitives);
  const ids = [1, 2, 3, 4].map((number) => numberedUuid<EntityId>('0e7e', number));
  const [, dated = spaceId, merged = spaceId] = ids;
  const notes = ids.map((id) => change('note', id, noteValue({ text: id })));
  append(store, notes.toReversed(), startMs);
  const editAs = (id: EntityId, value: NoteValue) =>
    otherDevice().make(change('note', id, value, { parents: readNote(store, id).heads }), startMs + 1);
  const { value } = readNote(store, merged);
  const edits = [editAs(merged, { ...value, date: startMs - 1 }), editAs(merged, { ...value, pinned: true })];
  receive(store, [...edits, editAs(dated, noteValue({ date: startMs + 5 }))]);
  const before = store.windows.stream({ space: spaceId });
  store.close();
  const database = new DatabaseSync(path);
  database.exec(toFifthSchema);
  database.close();
  const migrated = openStoreFile(path, primitives);
  t.after(() => migrated.close());
  assert.deepEqual(migrated.windows.stream({ space: spaceId }), before);
  assert.deepEqual(
    before.rows.map(({ id }) => ids.indexOf(id)),
    [2, 3, 0, 1],
  );
});

test('[STO-17] [STO-55] an old store knows after the upgrade which notes were in a space', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const store = openStoreFile(path, primitives);
  const [moved, stayed, other] = [1, 2, 3].map((number) => numberedUuid<EntityId>('0e7e', number));
  assert.ok(moved !== undefined && stayed !== undefined && other !== undefined);
  append(
    store,
    [moved, stayed].map((id) => change('note', id, noteValue())),
    startMs,
  );
  const { heads } = readNote(store, moved);
  append(store, [change('note', moved, noteValue({ space: other }), { parents: heads })], startMs + 10);
  const before = store.past.notesAt(spaceId, startMs + 5);
  assert.deepEqual(
    before.known.map(({ id }) => id),
    [stayed, moved],
  );
  store.close();
  const database = new DatabaseSync(path);
  database.exec(toFifthSchema);
  database.close();
  const migrated = openStoreFile(path, primitives);
  t.after(() => migrated.close());
  assert.deepEqual(migrated.past.notesAt(spaceId, startMs + 5), before);
});

test('[STO-17] only the newest copy is kept, and none is made of a store that is up to date or new', (t) => {
  const path = makeOldStore(t);
  for (const name of ['1', '1.half', '2.half']) writeFileSync(`${path}.before-schema-${name}`, 'left over');
  const copies = () => readdirSync(dirname(path)).filter((name) => name.includes('before'));
  openStoreFile(path, primitives).close();
  assert.deepEqual(copies(), ['store.sqlite.before-schema-2']);
  const copied = readFileSync(`${path}.before-schema-2`);
  openStoreFile(path, primitives).close();
  openStoreFile(join(dirname(path), 'new.sqlite'), primitives).close();
  assert.deepEqual(copies(), ['store.sqlite.before-schema-2']);
  assert.deepEqual(readFileSync(`${path}.before-schema-2`), copied);
});

test('[STO-17] a copy goes away with the home', async (t) => {
  const path = makeOldStore(t);
  openStoreFile(path, primitives).close();
  writeFileSync(`${path}.before-schema-1.half`, 'left over');
  writeFileSync(join(dirname(path), 'letter.txt'), 'mine');
  await eraseHome(dirname(path), 'credentials');
  assert.ok(existsSync(`${path}.before-schema-2`));
  await eraseHome(dirname(path), 'everything');
  assert.deepEqual(readdirSync(dirname(path)), ['letter.txt']);
});

test('[STO-17] there is nothing to copy where another process was faster', (t) => {
  const path = makeOldStore(t);
  openStoreFile(path, primitives).close();
  const database = openSqlite(path);
  const copied = readFileSync(`${path}.before-schema-2`);
  database.keepCopy(1);
  database.close();
  assert.deepEqual(readFileSync(`${path}.before-schema-2`), copied);
});

test('[STO-17] a migration that fails in the middle is as if it had not begun', (t) => {
  const path = makeOldStore(t);
  const before = dump(path);
  const database = openSqlite(path);
  const failing = [...migrations, 'CREATE TABLE another (column_of_it); DELETE FROM operations; NO SQL'];
  assert.throws(
    () => migrate(database, createTransactions(database), { ...primitives, migrations: failing }),
    /syntax/,
  );
  database.close();
  assert.deepEqual(dump(path), before);
  const store = openStoreFile(path, primitives);
  addNote(store);
  store.close();
});

test('[STO-17] a process that is killed in the middle leaves what was there, and the next one goes on', (t) => {
  const path = makeOldStore(t);
  const before = dump(path);
  assert.equal(spawnSync(process.execPath, [program, path]).signal, 'SIGKILL');
  assert.deepEqual(dump(path), before);
  const store = openStoreFile(path, primitives);
  assert.equal(store.entities.count().notes, 5);
  addNote(store);
  store.close();
});

test('[STO-17] without room for a copy nothing changes, and it says so', (t) => {
  const folder = temporaryFolder(t);
  const bytes = statSync(oldStore).size;
  try {
    const size = `size=${Math.ceil(bytes * 1.5)}`;
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    t.skip('only root may mount');
    return;
  }
  try {
    const path = join(folder, 'store.sqlite');
    copyFileSync(oldStore, path);
    const before = dump(path);
    assert.throws(() => openStoreFile(path, primitives), { code: 'storage-full', message: /No space/ });
    assert.deepEqual(dump(path), before);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('before')),
      [],
    );
  } finally {
    execFileSync('/bin/umount', [folder]);
  }
});

test('[STO-8] a program that runs while a newer one brings the store up to date writes no more', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const running = openStoreFile(path, primitives);
  addNote(running);
  const newer = openSqlite(path);
  migrate(newer, createTransactions(newer), {
    ...primitives,
    migrations: [...migrations, 'ALTER TABLE quarantine ADD COLUMN another INTEGER'],
  });
  newer.close();
  assert.throws(() => addNote(running), {
    code: 'storage-unusable',
    message: /was updated/,
    advice: /Start it/,
  });
  assert.equal(running.entities.count().notes, 1);
  running.close();
  assert.throws(() => openStoreFile(path, primitives), {
    code: 'storage-unusable',
    message: /newer version/,
  });
  assert.ok(existsSync(path));
});
