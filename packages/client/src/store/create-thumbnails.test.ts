import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNodePrimitives } from '../node/primitives.ts';
import { openMemorySqlite } from '../node/sqlite.ts';
import { createThumbnails } from './create-thumbnails.ts';
import { migrate } from './migrate.ts';
import { createTransactions } from './transactions.ts';

const hourMs = 60 * 60 * 1_000;

test('[FIL-13] of the small pictures those that were not looked at for the longest go first', (t) => {
  const database = openMemorySqlite();
  t.after(() => database.close());
  const transactions = createTransactions(database);
  migrate(database, transactions, createNodePrimitives());
  const { read, write } = createThumbnails(database, transactions, 100);
  const picture = (of: number): Uint8Array => new Uint8Array(40).fill(of);
  const content = (of: number): Uint8Array => new Uint8Array(32).fill(of);
  const kept = (nowMs: number): readonly number[] =>
    [1, 2, 3, 4].filter((of) => read(content(of), nowMs)?.[0] === of);
  write(content(1), picture(1), 0);
  write(content(2), picture(2), 1);
  assert.deepEqual(kept(2), [1, 2]);
  assert.deepEqual(read(content(1), 2 * hourMs), picture(1));
  write(content(3), picture(3), 2 * hourMs + 1);
  assert.deepEqual(kept(2 * hourMs + 2), [1, 3]);
  write(content(3), picture(3), 2 * hourMs + 3);
  assert.deepEqual(kept(2 * hourMs + 4), [1, 3], 'one that is written again is there once');
  write(content(4), new Uint8Array(101).fill(4), 2 * hourMs + 5);
  assert.deepEqual(kept(2 * hourMs + 6), [], 'what is larger than all that is kept is not kept');
});
