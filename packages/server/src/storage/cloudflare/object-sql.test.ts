import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { afterTest } from '../../testing/after-test.ts';
import type { Migration } from '../sql/sql.ts';
import { createSql } from '../sqlite/create-sql.ts';
import { bringUpToDate, runObjectCall } from './object-sql.ts';

const makeTable: Migration = ({ rows }) => void rows('CREATE TABLE things (value INTEGER)');
const addRow: Migration = ({ rows }) => void rows('INSERT INTO things VALUES (1)');

function open(t: TestContext) {
  const database = new DatabaseSync(':memory:');
  afterTest(t, () => database.close());
  return createSql(database);
}

test('[SRV-131] an object gets the steps that it lacks, each part of it by itself', (t) => {
  const sql = open(t);
  bringUpToDate(sql, 'log', [makeTable]);
  bringUpToDate(sql, 'log', [makeTable, addRow]);
  bringUpToDate(sql, 'log', [makeTable, addRow]);
  bringUpToDate(sql, 'index', [addRow]);
  assert.equal(sql.rows('SELECT * FROM things').length, 2);
});

test('[SRV-131] an object that a newer version has written is left alone, and so is one whose step fails', (t) => {
  const sql = open(t);
  bringUpToDate(sql, 'log', [makeTable, addRow]);
  assert.throws(() => bringUpToDate(sql, 'log', [makeTable]), /newer version \(schema 2, this one knows 1\)/);
  const fail: Migration = () => assert.fail('step failed');
  assert.throws(() => bringUpToDate(sql, 'log', [makeTable, addRow, addRow, fail]), /step failed/);
  assert.equal(sql.rows('SELECT * FROM things').length, 1);
});

test('[SRV-131] a full object is full, one beyond what its plan allows is unavailable, and a fault stays one', async () => {
  const failing = (message: string) =>
    runObjectCall(() => {
      throw new Error(message);
    });
  await assert.rejects(failing('database or disk is full: SQLITE_FULL'), { name: 'StorageFullError' });
  await assert.rejects(failing('Exceeded allowed rows written in Durable Objects free tier.'), {
    name: 'StorageUnavailableError',
  });
  await assert.rejects(failing('no such column: x: SQLITE_ERROR'), { name: 'Error' });
});
