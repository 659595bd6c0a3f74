import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openOpfsSqlite } from '../../../packages/client/src/browser/opfs-sqlite.ts';
import { createStore } from '../../../packages/client/src/store/create-store.ts';
import { migrations } from '../../../packages/client/src/store/schema.ts';

const folder = 'suite-damaged';
/** Before it the pool of files keeps its own header. */
const databaseStart = 4_096;

/** What the database on the private file system must do beyond the contract. */
export function opfsSqliteContract(): void {
  describe('SQLite on OPFS', () => {
    test('[BRW-1] a damaged database is refused, and its bytes stay', async () => {
      const database = await openOpfsSqlite(folder);
      database.exec('CREATE TABLE kept (value)');
      database.close();
      const file = await findDatabaseFile();
      const written = await file.createWritable({ keepExistingData: true });
      await written.write({ type: 'write', position: databaseStart, data: 'not a database at all' });
      await written.close();
      const before = await bytesOf(file);
      await assert.rejects(openOpfsSqlite(folder), { code: 'storage-unusable' });
      await assert.rejects(openOpfsSqlite(folder), { code: 'storage-unusable' });
      assert.deepEqual(await bytesOf(file), before);
    });

    test('[BRW-1] an opening that fails half way deletes nothing', async () => {
      const database = await openOpfsSqlite('suite-half');
      database.exec('CREATE TABLE kept (value)');
      database.close();
      // The same folder under a name that this worker has not opened before.
      await whileFilesAreLocked(() => assert.rejects(openOpfsSqlite('/suite-half'), { code: 'busy' }));
      const again = await openOpfsSqlite('/suite-half');
      assert.deepEqual(again.prepare('SELECT count(*) AS count FROM kept').all(), [{ count: 0 }]);
      again.close();
    });

    test('[STO-17] an older store is copied beside itself before its schema changes, and opens up to date', async () => {
      const database = await openOpfsSqlite('suite-copied');
      const [first = ''] = migrations;
      database.exec(first);
      database.exec("INSERT INTO writer VALUES (1, x'00112233445566778899aabbccddeeff', 7, 5, 0)");
      database.exec('PRAGMA user_version = 1');
      database.keepCopy(0); // An earlier one, whose place is taken.
      const { keepCopy } = database;
      const store = createStore({ database, randomBytes: (length) => new Uint8Array(length), keepCopy });
      assert.equal(store.log.writer().n, 7);
      store.close();
      const names = await poolNames('suite-copied');
      assert.deepEqual(
        names.filter((name) => name.includes('before-schema')),
        ['/dataans.sqlite.before-schema-2'],
      );
      const again = await openOpfsSqlite('suite-copied');
      assert.equal(again.prepare('PRAGMA user_version').get()?.['user_version'], migrations.length);
      again.close();
    });

    test('a database can be opened again after each close', async () => {
      for (let round = 0; round < 3; round += 1) {
        const database = await openOpfsSqlite('suite-again');
        database.exec('CREATE TABLE IF NOT EXISTS kept (value); INSERT INTO kept VALUES (1)');
        assert.equal(database.prepare('SELECT count(*) AS count FROM kept').get()?.['count'], round + 1);
        database.close();
      }
    });
  });
}

/** The browser lets the files go between two attempts, as when the tab that had them is closed. */
async function whileFilesAreLocked(work: () => Promise<void>): Promise<void> {
  const handles = FileSystemFileHandle.prototype;
  const name = 'createSyncAccessHandle';
  const original: unknown = Reflect.get(handles, name);
  let opened = 0;
  Reflect.set(handles, name, function open(this: FileSystemFileHandle): unknown {
    opened += 1;
    // The first one is only tried out by SQLite.
    if (opened > 3) return Promise.reject(new DOMException('Locked.', 'NoModificationAllowedError'));
    return (original as () => unknown).call(this); // The browser's own function, found above.
  });
  try {
    await work();
  } finally {
    Reflect.set(handles, name, original);
  }
}

/** The one file of the pool that holds more than the pool's header. */
async function findDatabaseFile(): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const pool = await (await root.getDirectoryHandle(folder)).getDirectoryHandle('.opaque');
  for await (const file of pool.values()) {
    if (file.kind === 'file' && (await file.getFile()).size > databaseStart) return file;
  }
  throw new Error('The pool holds no database.');
}

/** The files of a pool by the names in their headers, and of the database only those that hold one. */
async function poolNames(folderName: string): Promise<readonly string[]> {
  const root = await navigator.storage.getDirectory();
  const pool = await (await root.getDirectoryHandle(folderName)).getDirectoryHandle('.opaque');
  const names: string[] = [];
  for await (const file of pool.values()) {
    if (file.kind !== 'file') continue;
    const bytes = await bytesOf(file);
    const text = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
    const [name = ''] = text(0, 512).split('\0');
    if (name !== '' && text(databaseStart, databaseStart + 15) === 'SQLite format 3') names.push(name);
  }
  return names.toSorted();
}

async function bytesOf(file: FileSystemFileHandle): Promise<Uint8Array> {
  return new Uint8Array(await (await file.getFile()).arrayBuffer());
}
