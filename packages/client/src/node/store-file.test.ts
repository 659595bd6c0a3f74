import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { bytesToHex, DataansError, type EntityId } from '@dataans/core';
import { createStore } from '../store/create-store.ts';
import { append, change, noteValue, randomUuid, startMs, temporaryFolder } from '../testing/test-store.ts';
import type { Store } from '../store/store.ts';
import { createNodePrimitives } from './primitives.ts';
import { openStoreFile } from './open-store-file.ts';
import { openSqlite } from './sqlite.ts';

const { randomBytes } = createNodePrimitives();

function openStore(path: string): Store {
  const database = openSqlite(path);
  try {
    return createStore({ database, randomBytes });
  } catch (error) {
    database.close();
    throw error;
  }
}

function addNotes(store: Store, count: number, text = 'text'): void {
  const notes = Array.from({ length: count }, () =>
    change('note', randomUuid<EntityId>(), noteValue({ text })),
  );
  append(store, notes, startMs);
}

function refusal(code: string, words: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof DataansError, String(error));
    assert.equal(error.code, code);
    assert.match(`${error.message} ${error.advice}`, words);
    return true;
  };
}

test('[STO-9] the store and the files beside it are for their owner only', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'store.sqlite');
  const store = openStore(path);
  addNotes(store, 1);
  for (const name of ['', '-wal', '-shm']) assert.equal(statSync(path + name).mode & 0o777, 0o600, name);
  store.close();
});

test('[STO-9] a file that is no database is named and left as it is', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  writeFileSync(path, 'precious, but no database '.repeat(100));
  const before = readFileSync(path);
  assert.throws(() => openStore(path), refusal('storage-unusable', /store\.sqlite.*not a database/));
  assert.deepEqual(readFileSync(path), before);
});

test('[STO-9] a damaged store is named and left as it is', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const store = openStore(path);
  addNotes(store, 500, 'x'.repeat(1_000));
  store.close();
  truncateSync(path, 8_192 * 3);
  const before = readFileSync(path);
  assert.throws(
    () => {
      const damaged = openStore(path);
      try {
        addNotes(damaged, 1);
      } finally {
        damaged.close();
      }
    },
    refusal('storage-unusable', /store\.sqlite.*damaged/),
  );
  assert.deepEqual(readFileSync(path), before);
});

test('[STO-9] a folder where the store should be, or no folder for it, is an error that says so', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'store.sqlite'));
  assert.throws(() => openStore(join(folder, 'store.sqlite')), refusal('storage-unusable', /is a folder/));
  assert.throws(
    () => openStore(join(folder, 'missing', 'store.sqlite')),
    refusal('storage-unusable', /does not exist/),
  );
});

test('[STO-9] a full disk stores nothing of a batch and loses nothing that was there', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const small = openSqlite(path);
  const store = createStore({ database: small, randomBytes });
  t.after(store.close);
  addNotes(store, 10, `text ${bytesToHex(randomBytes(5_000))}`);
  small.exec('PRAGMA max_page_count = 1'); // No less than there are.
  const notes = () => store.entities.count().notes;
  assert.throws(
    () => addNotes(store, 500, 'x'.repeat(1_000)),
    refusal('storage-full', /store\.sqlite.*Free up space/),
  );
  assert.equal(notes(), 10);
  assert.equal(store.log.writer().n, 10);
  assert.equal(store.entities.search('text').length, 10, 'what is there can be searched');
  small.exec('PRAGMA max_page_count = 100000');
  addNotes(store, 500, 'x'.repeat(1_000));
  assert.equal(notes(), 510);
});

test('[STO-9] a file system without room, or one that is read-only, is an error that says so', (t) => {
  const folder = temporaryFolder(t);
  if (!mountSmallDisk(folder)) {
    t.skip('only root may mount');
    return;
  }
  try {
    const store = openStore(join(folder, 'store.sqlite'));
    addNotes(store, 10);
    assert.throws(() => addNotes(store, 500, 'x'.repeat(5_000)), refusal('storage-full', /Free up space/));
    assert.equal(store.entities.count().notes, 10);
    assert.throws(() => writeFileSync(join(folder, 'filler'), Buffer.alloc(2_000_000)), { code: 'ENOSPC' });
    assert.throws(() => openStore(join(folder, 'other.sqlite')), refusal('storage-full', /Free up space/));
    store.close();
    rmSync(join(folder, 'filler'));
    const again = openStore(join(folder, 'store.sqlite'));
    assert.equal(again.entities.count().notes, 10);
    again.close();
    execFileSync('/bin/mount', ['-o', 'remount,ro', folder]);
    assert.throws(() => openStore(join(folder, 'store.sqlite')), refusal('storage-unusable', /read-only/));
  } finally {
    execFileSync('/bin/umount', [folder]);
  }
});

test('[STO-36] a store in a place without room, or one that is read-only, is read, listed and searched, and says why not more', (t) => {
  const folder = temporaryFolder(t);
  if (!mountSmallDisk(folder)) {
    t.skip('only root may mount');
    return;
  }
  const path = join(folder, 'store.sqlite');
  const read = (code: string): void => {
    const told: string[] = [];
    const store = openStoreFile(path, { randomBytes, onReadOnly: (reason) => told.push(reason.code) });
    assert.deepEqual(told, [code]);
    assert.equal(Array.from(store.entities.notes()).length, 10);
    assert.equal(store.entities.search('text').length, 10); // Nobody has searched before: the index is behind.
    assert.throws(() => addNotes(store, 1), { code });
    store.close();
  };
  try {
    const store = openStore(path);
    addNotes(store, 10);
    store.close();
    assert.throws(() => writeFileSync(join(folder, 'filler'), Buffer.alloc(5_000_000)), { code: 'ENOSPC' });
    read('storage-full');
    rmSync(join(folder, 'filler'));
    execFileSync('/bin/mount', ['-o', 'remount,ro', folder]);
    read('storage-unusable');
  } finally {
    execFileSync('/bin/umount', [folder]);
  }
});

test('[STO-36] what is damaged or was never there is not taken for a place that cannot be written', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'store.sqlite');
  writeFileSync(path, 'precious, but no database '.repeat(100));
  const onReadOnly = () => assert.fail('it cannot be read');
  const options = { randomBytes, onReadOnly };
  assert.throws(() => openStoreFile(path, options), refusal('storage-unusable', /not a database/));
  assert.throws(() => openStoreFile(join(folder, 'none', 'store.sqlite'), options), {
    code: 'storage-unusable',
  });
});

test('[STO-9] a store that cannot be written is an error that says so', { skip: isRoot() }, (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'store.sqlite');
  openStore(path).close();
  chmodSync(path, 0o400);
  assert.throws(() => openStore(path), refusal('storage-unusable', /permission/));
});

test('[STO-8] a store of a newer program is refused and left as it is', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  openStore(path).close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  const before = readFileSync(path);
  assert.throws(() => openStore(path), refusal('storage-unusable', /newer version.*Update/));
  assert.deepEqual(readFileSync(path), before);
});

test('[STO-8] a database of something else is refused and left as it is', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const other = new DatabaseSync(path);
  other.exec('PRAGMA journal_mode = WAL; CREATE TABLE recipes (name TEXT)');
  other.close();
  const before = readFileSync(path);
  assert.throws(() => openStore(path), refusal('storage-unusable', /doesn't belong to Dataans/));
  assert.deepEqual(readFileSync(path), before);
});

test('[STO-8] a store is the same device with the same notes when it is opened again', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const first = openStore(path);
  addNotes(first, 3);
  const before = [first.log.writer(), [...first.entities.notes()]];
  first.close();
  const second = openStore(path);
  assert.deepEqual([second.log.writer(), [...second.entities.notes()]], before);
  second.close();
});

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** `false` where this user may not mount anything. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
