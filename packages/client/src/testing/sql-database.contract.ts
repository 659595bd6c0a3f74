import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SqlDatabase, SqlRow, SqlValue } from '../platform/sql-database.ts';

/** Where the suite opens databases, one after another, on the same data. */
export interface SqlDatabasePlace {
  open(): Promise<SqlDatabase>;
  remove(): Promise<void>;
}

/**
 * What every `SqlDatabase` must do.
 *
 * @param options.durable what is committed outlives the database object: not so in memory
 */
export function sqlDatabaseContract(
  name: string,
  makePlace: () => Promise<SqlDatabasePlace>,
  options: { readonly durable: boolean },
): void {
  describe(`a SQL database: ${name}`, () => {
    test('gives back every value as it was put in', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (value)');
        for (const value of exactValues) {
          database.prepare('DELETE FROM kept').run();
          database.prepare('INSERT INTO kept VALUES (?)').run(value);
          assert.deepEqual(plain(database.prepare('SELECT value FROM kept').get()), { value });
        }
      }));

    test('gives integers of 53 bits as numbers and refuses larger ones', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (value INTEGER) STRICT');
        const insert = database.prepare('INSERT INTO kept VALUES (?)');
        insert.run(Number.MAX_SAFE_INTEGER);
        insert.run(Number.MIN_SAFE_INTEGER);
        assert.deepEqual(columnOf(database, 'SELECT value FROM kept ORDER BY rowid'), [
          Number.MAX_SAFE_INTEGER,
          Number.MIN_SAFE_INTEGER,
        ]);
        const beyond = database.prepare('SELECT 9007199254740993 AS value');
        assert.throws(() => beyond.get(), RangeError);
      }));

    test('makes integers of numbers in a column for integers', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (value INTEGER)');
        database.prepare('INSERT INTO kept VALUES (?)').run(7);
        assert.deepEqual(columnOf(database, 'SELECT typeof(value) AS type FROM kept'), ['integer']);
      }));

    test('computes the SHA-256 of bytes, also of none and of many', () =>
      withDatabase((database) => {
        const select = database.prepare('SELECT hex(sha256(?)) AS hash');
        assert.deepEqual(
          [new Uint8Array(), Uint8Array.of(97, 98, 99), new Uint8Array(1_000_000).fill(97)].map(
            (bytes) => select.get(bytes)?.['hash'],
          ),
          [
            'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
            'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
            'CDC76E5C9914FB9281A1C7E284D73E67F1809A48A497200E046D39CCC7112CD0',
          ],
        );
      }));

    test('hands out bytes and texts that later calls leave alone', () =>
      withDatabase((database) => {
        const echo = database.prepare('SELECT ? AS bytes, ? AS text');
        const first = echo.get(Uint8Array.of(1, 2, 3), 'first');
        echo.get(new Uint8Array(100_000).fill(9), 'x'.repeat(100_000));
        assert.deepEqual(plain(first), { bytes: Uint8Array.of(1, 2, 3), text: 'first' });
      }));

    test('does not keep parameters: what is left out is null', () =>
      withDatabase((database) => {
        const echo = database.prepare('SELECT ? AS first, ? AS second');
        echo.get('a', 'b');
        assert.deepEqual(plain(echo.get('c')), { first: 'c', second: null });
        assert.throws(() => echo.get('a', 'b', 'c'));
      }));

    test('says how many rows changed', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (place INTEGER PRIMARY KEY, value TEXT)');
        const insert = database.prepare('INSERT INTO kept VALUES (?, ?)');
        assert.deepEqual(plain(insert.run(5, 'a')), { changes: 1 });
        insert.run(9, 'b');
        assert.equal(database.prepare("UPDATE kept SET value = 'c'").run().changes, 2);
        assert.equal(database.prepare('DELETE FROM kept WHERE place > 100').run().changes, 0);
      }));

    test('runs statements whatever number a row gets', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (place INTEGER PRIMARY KEY)');
        const insert = database.prepare('INSERT INTO kept SELECT 9007199254740991 + ?');
        assert.deepEqual(plain(insert.run(1)), { changes: 1 });
        assert.deepEqual(plain(database.prepare('DELETE FROM kept').run()), { changes: 1 });
      }));

    test('flushes in the background whenever it is told to, and keeps what was committed', () =>
      withDatabase((database) => {
        database.beginFlush();
        database.exec('CREATE TABLE kept (value INTEGER)');
        const insert = database.prepare('INSERT INTO kept VALUES (?)');
        for (let value = 0; value < 20; value += 1) {
          database.exec('BEGIN');
          insert.run(value);
          database.beginFlush();
          database.exec('COMMIT');
          database.beginFlush();
          database.beginFlush();
        }
        assert.equal(columnOf(database, 'SELECT value FROM kept').length, 20);
      }));

    test('has no row to give for an empty result', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (value)');
        const select = database.prepare('SELECT value FROM kept');
        assert.equal(select.get(), undefined);
        assert.deepEqual(select.all(), []);
        assert.deepEqual([...select.iterate()], []);
      }));

    test('gives rows one by one, and a loop may end early', () =>
      withDatabase((database) => {
        fillWithNumbers(database, 1_000);
        const select = database.prepare('SELECT value FROM kept WHERE value > ? ORDER BY value');
        const seen: SqlValue[] = [];
        for (const row of select.iterate(10)) {
          seen.push(row['value'] ?? null);
          if (seen.length === 3) break;
        }
        assert.deepEqual(seen, [11, 12, 13]);
        assert.equal(select.all(990).length, 10);
        database.exec('DROP TABLE kept');
      }));

    test('a loop whose statement is used again fails rather than go on with other rows', () =>
      withDatabase((database) => {
        fillWithNumbers(database, 20);
        const select = database.prepare('SELECT value FROM kept WHERE value >= ? ORDER BY value');
        const loop = select.iterate(10);
        loop.next();
        assert.deepEqual(plain(select.get(3)), { value: 3 });
        assert.throws(() => loop.next());
        assert.equal(select.all(18).length, 3);
      }));

    test('runs other statements while a loop goes on', () =>
      withDatabase((database) => {
        fillWithNumbers(database, 20);
        database.exec('CREATE TABLE doubled (value INTEGER)');
        const insert = database.prepare('INSERT INTO doubled VALUES (?)');
        for (const row of database.prepare('SELECT value FROM kept ORDER BY value').iterate())
          insert.run(Number(row['value']) * 2);
        assert.deepEqual(columnOf(database, 'SELECT sum(value) AS sum FROM doubled'), [420]);
      }));

    test('a statement can be used again after it failed', () =>
      withDatabase((database) => {
        database.exec('CREATE TABLE kept (value TEXT UNIQUE)');
        const insert = database.prepare('INSERT INTO kept VALUES (?)');
        insert.run('a');
        assert.throws(() => insert.run('a'), /UNIQUE constraint failed/);
        insert.run('b');
        assert.deepEqual(columnOf(database, 'SELECT value FROM kept ORDER BY value'), ['a', 'b']);
      }));

    test('a transaction that is rolled back leaves nothing', () =>
      withDatabase((database) => {
        fillWithNumbers(database, 3);
        database.exec('BEGIN IMMEDIATE');
        database.prepare('DELETE FROM kept').run();
        database.exec('ROLLBACK');
        assert.deepEqual(columnOf(database, 'SELECT count(*) AS count FROM kept'), [3]);
      }));

    test('runs several statements at once, and says what is wrong with one', () =>
      withDatabase((database) => {
        database.exec("CREATE TABLE kept (value); INSERT INTO kept VALUES ('a'); -- and a comment\n");
        assert.deepEqual(columnOf(database, 'SELECT value FROM kept'), ['a']);
        assert.throws(() => database.exec('SELEKT 1'), /syntax error/);
        assert.throws(() => database.prepare('SELECT value FROM nowhere'), /no such table/);
        assert.throws(() => database.prepare(''));
      }));

    test('has full-text search over parts of words', () =>
      withDatabase((database) => {
        database.exec("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'trigram', detail = none)");
        database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)').run(4, 'нотатки');
        assert.deepEqual(columnOf(database, "SELECT rowid AS id FROM words WHERE words MATCH 'тат'"), [4]);
      }));

    test('lists the terms of full-text search that begin with something', () =>
      withDatabase((database) => {
        database.exec("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'trigram', detail = none)");
        database.exec("CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'row')");
        database.prepare('INSERT INTO words (text) VALUES (?)').run('нотатки');
        const terms = "SELECT term FROM terms WHERE term >= 'та' AND term <= 'та\u{10ffff}'";
        assert.deepEqual(columnOf(database, terms), ['тат']);
      }));

    test('refuses every use after it was closed', async () => {
      const place = await makePlace();
      const database = await place.open();
      const select = database.prepare('SELECT 1 AS one UNION SELECT 2');
      const loop = select.iterate();
      loop.next();
      database.close();
      assert.throws(() => loop.next());
      assert.throws(() => select.get());
      assert.throws(() => database.exec('SELECT 1'));
      assert.throws(() => database.prepare('SELECT 1'));
      await place.remove();
    });

    if (options.durable) {
      test('keeps what was committed, on disk at once', async () => {
        const place = await makePlace();
        const first = await place.open();
        fillWithNumbers(first, 100);
        assert.deepEqual(columnOf(first, 'PRAGMA journal_mode'), ['wal']);
        assert.deepEqual(columnOf(first, 'PRAGMA synchronous'), [2]);
        first.close();
        const second = await place.open();
        assert.deepEqual(columnOf(second, 'SELECT sum(value) AS sum FROM kept'), [5_050]);
        assert.deepEqual(columnOf(second, 'PRAGMA integrity_check'), ['ok']);
        second.close();
        await place.remove();
      });
    }
  });

  async function withDatabase(use: (database: SqlDatabase) => void): Promise<void> {
    const place = await makePlace();
    const database = await place.open();
    try {
      use(database);
    } finally {
      database.close();
      await place.remove();
    }
  }
}

const exactValues: readonly SqlValue[] = [
  null,
  0,
  -1,
  1.5,
  Number.MAX_VALUE,
  Date.UTC(2026, 10, 23),
  '',
  'нотатка – 筆記 🗒️',
  '\u{feff}after a byte order mark',
  'before\0after',
  'line\r\nline\n',
  new Uint8Array(0),
  Uint8Array.from({ length: 256 }, (_, index) => index),
  new Uint8Array(1_000_000).fill(7),
  'ї'.repeat(300_000),
];

function fillWithNumbers(database: SqlDatabase, count: number): void {
  database.exec('BEGIN; CREATE TABLE kept (value INTEGER PRIMARY KEY)');
  const insert = database.prepare('INSERT INTO kept VALUES (?)');
  for (let value = 1; value <= count; value += 1) insert.run(value);
  database.exec('COMMIT');
}

function columnOf(database: SqlDatabase, sql: string): readonly (SqlValue | undefined)[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => Object.values(row)[0]);
}

/** Without the prototype, or the lack of one, that a driver gives its rows. */
function plain(row: SqlRow | undefined): SqlRow {
  return { ...row };
}
