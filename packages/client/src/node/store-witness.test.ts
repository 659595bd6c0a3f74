import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { DeviceId, EntityId } from '@dataans/core';
import { createStore } from '../store/create-store.ts';
import { createFactRows } from '../store/fact-rows.ts';
import { recognizeCopy } from '../store/recognize-copy.ts';
import type { Store } from '../store/store.ts';
import { createTransactions, type Transactions } from '../store/transactions.ts';
import { createWriterRow } from '../store/writer-row.ts';
import { openStoreFile } from './open-store-file.ts';
import { createNodePrimitives } from './primitives.ts';
import { openSqlite } from './sqlite.ts';
import { createStoreWitness } from './store-witness.ts';
import { append, change, noteValue, randomUuid, startMs, temporaryFolder } from '../testing/test-store.ts';

const primitives = createNodePrimitives();

/** The path of a store in which something was written. */
function makeStore(t: TestContext): string {
  const path = join(temporaryFolder(t), 'home', 'store.sqlite');
  cpSync(join(import.meta.dirname, '../testing/fixtures/schema-1'), dirname(path), { recursive: true });
  write(path);
  return path;
}

function withStore<Result>(path: string, work: (store: Store) => Result): Result {
  const store = openStoreFile(path, primitives);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function write(path: string): void {
  withStore(path, (store) =>
    append(store, [change('note', randomUuid<EntityId>(), noteValue())], startMs + store.log.writer().n),
  );
}

function deviceOf(path: string): DeviceId {
  return withStore(path, ({ log }) => log.writer().device);
}

/** The bytes of a file in the place of another one's, which stays the same file. */
function putBack(from: string, path: string): void {
  writeFileSync(path, readFileSync(from));
}

test('[STO-18] a store that is opened again, moved with its folder or renamed stays the device that it is', (t) => {
  const path = makeStore(t);
  const device = deviceOf(path);
  write(path);
  assert.equal(deviceOf(path), device);
  const moved = `${dirname(path)}-moved`;
  renameSync(dirname(path), moved);
  assert.equal(deviceOf(join(moved, 'store.sqlite')), device);
  renameSync(join(moved, 'store.sqlite'), join(moved, 'renamed.sqlite'));
  assert.equal(deviceOf(join(moved, 'renamed.sqlite')), device);
});

test('[STO-18] a copy is a new device from its opening on, once, and the original stays what it is', (t) => {
  const path = makeStore(t);
  const device = deviceOf(path);
  const copy = join(`${dirname(path)}-copy`, 'store.sqlite');
  cpSync(dirname(path), dirname(copy), { recursive: true, preserveTimestamps: true });
  const copied = withStore(copy, ({ log }) => log.writer());
  assert.notEqual(copied.device, device);
  assert.equal(copied.n, 0);
  assert.equal(deviceOf(copy), copied.device);
  write(copy);
  assert.equal(deviceOf(copy), copied.device);
  assert.equal(deviceOf(path), device);
});

test('[STO-18] what a copy writes comes after everything that is in it', (t) => {
  const path = makeStore(t);
  const { last } = withStore(path, ({ log }) => log.writer());
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  assert.deepEqual(
    withStore(copy, ({ log }) => log.writer().last),
    last,
  );
});

test('[STO-18] an older store that was put in the place of the file is a new device', (t) => {
  const path = makeStore(t);
  const device = deviceOf(path);
  const backup = `${path}.backup`;
  copyFileSync(path, backup);
  write(path);
  putBack(backup, path);
  const fresh = deviceOf(path);
  assert.notEqual(fresh, device);
  assert.equal(deviceOf(path), fresh);
  write(path);
  assert.equal(deviceOf(path), fresh);
});

test('[STO-18] a file system that makes up another identity each time makes no endless devices', (t) => {
  const database = openSqlite(makeStore(t));
  const devices = new Set<DeviceId>();
  for (let file = 1; file <= 50; file += 1) {
    const witness = { file: String(file), lastNumber: null, note: () => undefined };
    const store = createStore({ database, ...primitives, witness });
    append(store, [change('note', randomUuid<EntityId>(), noteValue())], startMs + file);
    devices.add(store.log.writer().device);
  }
  database.close();
  assert.equal(devices.size, 10);
});

test('[STO-18] two processes that open a copy at once make one new device of it', (t) => {
  const path = makeStore(t);
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  const database = openSqlite(copy);
  t.after(database.close);
  const writer = createWriterRow(database, primitives.randomBytes);
  const transactions = createTransactions(database);
  const rows = { writer, facts: createFactRows(database) };
  let byTheFaster: DeviceId | null = null;
  const overtaken: Transactions['write'] = (work) => {
    byTheFaster = deviceOf(copy);
    return transactions.write(work);
  };
  recognizeCopy(rows, { ...transactions, write: overtaken }, createStoreWitness(copy));
  assert.equal(writer.read().device, byTheFaster);
});

test('[STO-18] a witness that is damaged, gone, or older than the store changes nothing', (t) => {
  const path = makeStore(t);
  const device = deviceOf(path);
  const witness = `${path}.witness`;
  const whole = readFileSync(witness, 'utf8');
  assert.match(whole, new RegExp(`^${device} [0-9]+\n$`));
  assert.equal(statSync(witness).mode & 0o777, 0o600);
  for (const damaged of ['', whole.slice(0, 20), `${device} 99`, `${device} 1e9\n`, 'x'.repeat(100_000)]) {
    writeFileSync(witness, damaged);
    assert.equal(deviceOf(path), device, damaged.slice(0, 60));
  }
  writeFileSync(witness, Buffer.from([0xff, 0xfe, 0x00]));
  assert.equal(deviceOf(path), device);
  rmSync(witness);
  assert.equal(deviceOf(path), device);
  writeFileSync(witness, `${device} 1\n`);
  assert.equal(deviceOf(path), device);
  write(path);
  assert.match(readFileSync(witness, 'utf8'), /^[0-9a-f-]{36} 0{14}13\n$/);
});

test('[STO-18] a number that cannot be noted does not keep anybody from writing', (t) => {
  const path = makeStore(t);
  rmSync(`${path}.witness`);
  mkdirSync(`${path}.witness`);
  write(path);
  write(path);
});
