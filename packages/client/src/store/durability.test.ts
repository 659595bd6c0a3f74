import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { DataansError, type EntityId } from '@dataans/core';
import { openSqlite } from '../node/sqlite.ts';
import {
  append,
  change,
  noteValue,
  otherDevice,
  randomUuid,
  startMs,
  temporaryFolder,
  testCursor,
  toReceived,
} from '../testing/test-store.ts';
import { join } from 'node:path';
import { createStore } from './create-store.ts';
import type { Durability } from './transactions.ts';

/** A store whose commits are noted: whether SQLite waited for the disk, or has it at work. */
function openNoting(t: TestContext) {
  const database = openSqlite(join(temporaryFolder(t), 'store.sqlite'));
  const waits = database.prepare('PRAGMA synchronous');
  const commits: Durability[] = [];
  const exec = (sql: string): void => {
    if (sql === 'COMMIT') commits.push(waits.get()?.['synchronous'] === 2 ? 'at-once' : 'soon');
    database.exec(sql);
  };
  const beginFlush = (): void => {
    assert.equal(commits.pop(), 'soon');
    commits.push('under-way');
    database.beginFlush();
  };
  const store = createStore({ database: { ...database, exec, beginFlush }, randomBytes });
  t.after(store.close);
  const commitsOf = (work: () => void): readonly string[] => {
    commits.length = 0;
    work();
    return [...commits];
  };
  return { store, commitsOf };
}

const note = () => change('note', randomUuid<EntityId>(), noteValue());

test('[STO-20] what only this device has is on the disk before a call returns', (t) => {
  const { store, commitsOf } = openNoting(t);
  const record = (): void => void append(store, [note()], startMs);
  assert.deepEqual(commitsOf(record), ['at-once']);
  assert.deepEqual(
    commitsOf(() => store.log.rewind(testCursor(0))),
    ['at-once'],
  );
  assert.deepEqual(
    commitsOf(() => store.facts.write('data-keys', '01020304')),
    ['at-once'],
  );
});

test('[STO-20] what the server can be asked for again need not be, and the next write is', (t) => {
  const { store, commitsOf } = openNoting(t);
  const page = [toReceived(otherDevice().make(note(), startMs), 1)];
  assert.deepEqual(
    commitsOf(() => void store.log.applyPage(page, testCursor(1), startMs, 'under-way')),
    ['under-way'],
  );
  append(store, [note()], startMs);
  const [row] = store.log.outbox({ operations: 1, bytes: 1 });
  assert.ok(row !== undefined);
  assert.deepEqual(
    commitsOf(() => store.log.acknowledge([row.place], testCursor(2))),
    ['soon'],
  );
  assert.deepEqual(
    commitsOf(() => void append(store, [note()], startMs)),
    ['at-once'],
  );
});

test('[STO-20] what fails on its way to the disk soon leaves the next write as it was', (t) => {
  const { store, commitsOf } = openNoting(t);
  assert.throws(() => store.log.acknowledge([1], testCursor(9)), DataansError);
  assert.deepEqual(
    commitsOf(() => void append(store, [note()], startMs)),
    ['at-once'],
  );
});
