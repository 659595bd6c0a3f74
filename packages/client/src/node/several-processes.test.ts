import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeOperation, type AnyOperation } from '@dataans/core';
import { DatabaseSync } from 'node:sqlite';
import { createStore } from '../store/create-store.ts';
import { temporaryFolder } from '../testing/test-store.ts';
import { createNodePrimitives } from './primitives.ts';
import { openSqlite } from './sqlite.ts';

const program = fileURLToPath(new URL('add-notes.fixture.ts', import.meta.url));
const notesOfEach = 200;

test('[STO-2] processes that make and fill a store at once lose nothing, and number without holes', async (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const labels = ['one', 'two'];
  await Promise.all(
    labels.map((label) => promisify(execFile)(process.execPath, [program, path, String(notesOfEach), label])),
  );
  const store = createStore({ database: openSqlite(path), randomBytes: createNodePrimitives().randomBytes });
  t.after(store.close);
  const expected = labels.flatMap((label) =>
    Array.from({ length: notesOfEach }, (_, number) => `${label} ${number}`),
  );
  const names = Array.from(store.entities.notes(), ({ value }) => value.name);
  assert.deepEqual(names.toSorted(), expected.toSorted());
  const operations = readOperations(path);
  assert.deepEqual(
    operations.map(({ n }) => n),
    operations.map((_, index) => index + 1),
  );
  assert.equal(new Set(operations.map(({ at, c }) => `${at} ${c}`)).size, operations.length);
  assert.equal(new Set(operations.map(({ device }) => device)).size, 1);
});

function readOperations(path: string): readonly AnyOperation[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('SELECT body FROM operations ORDER BY place').all();
  database.close();
  return rows.map(({ body }) => {
    const decoded = body instanceof Uint8Array ? decodeOperation(body) : null;
    assert.ok(decoded?.ok);
    return decoded.operation;
  });
}
