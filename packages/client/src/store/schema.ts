import { DataansError } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { readNumber } from './row-values.ts';
import type { Transactions } from './transactions.ts';
import { createWriterRow } from './writer-row.ts';

/**
 * Rows refer to each other by small integers that only this store knows: an index over random ids
 * costs more than everything else, so there are two, one for operations and one for entities.
 */
const firstSchema = `
  -- Every operation ever made or received here, as sealed and as opened. Rows are only ever added.
  CREATE TABLE operations (
    place INTEGER PRIMARY KEY,        -- dense, from 1
    id BLOB NOT NULL UNIQUE,
    entity INTEGER NOT NULL,
    body BLOB NOT NULL,               -- JSON as it was sealed
    envelope BLOB NOT NULL
  );
  CREATE INDEX operations_of_entity ON operations (entity);

  -- What the operations say now. A row without edited_at is only named by others so far.
  CREATE TABLE entities (
    entity INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    head INTEGER,                     -- place of the current revision, where there is one
    merged TEXT,                      -- where there are several: their ids, and the value that follows
    deleted INTEGER NOT NULL DEFAULT 0,
    conflict INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER,
    edited_at INTEGER,
    space INTEGER,                    -- of a note: the entity it is in
    name TEXT,                        -- of a note: its file name
    pinned INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, kind)
  );
  CREATE INDEX named_notes ON entities (space, name) WHERE name <> '';
  CREATE INDEX devices_by_time ON entities (created_at) WHERE kind = 4;

  -- The files of each note.
  CREATE TABLE attachments (
    note INTEGER NOT NULL,
    file INTEGER NOT NULL,
    PRIMARY KEY (note, file)
  ) WITHOUT ROWID;
  CREATE INDEX notes_of_file ON attachments (file);
  CREATE TABLE incomplete_files (entity INTEGER PRIMARY KEY);

  CREATE TABLE outbox (place INTEGER PRIMARY KEY, kind INTEGER NOT NULL);

  -- Devices that operations came from: a count below the highest number tells of a hole.
  CREATE TABLE devices (
    id BLOB PRIMARY KEY,
    highest INTEGER NOT NULL,
    operations INTEGER NOT NULL
  ) WITHOUT ROWID;
  -- This device: its number and clock.
  CREATE TABLE writer (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    device BLOB NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    c INTEGER NOT NULL
  );

  -- The server's log: which it is, the chain at each end of a page or batch (the last is the cursor),
  -- and runs of its entries that lie one after another here.
  CREATE TABLE followed_log (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL);
  CREATE TABLE positions (seq INTEGER PRIMARY KEY, chain BLOB NOT NULL);
  CREATE TABLE runs (seq INTEGER PRIMARY KEY, place INTEGER NOT NULL, operations INTEGER NOT NULL);

  CREATE TABLE quarantine (
    entry INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    envelope BLOB NOT NULL
  );
  CREATE INDEX quarantine_by_id ON quarantine (id);

  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  -- Folded text of notes. The text itself is not kept twice; what is after \`indexed\` is not in it yet.
  CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
  );
  CREATE TABLE indexed (one INTEGER PRIMARY KEY CHECK (one = 1), place INTEGER NOT NULL);
  INSERT INTO indexed VALUES (1, 0);
`;

/** Each takes the schema from its place in this list to the next version. Never edited, only added to. */
const migrations: readonly string[] = [firstSchema];

/**
 * Brings the schema up to date, and makes a new store one with a device of its own. // STO-7, STO-8
 *
 * @throws DataansError `storage-unusable` where a newer program wrote it, or it is something else
 */
export function migrate(
  database: SqlDatabase,
  transactions: Transactions,
  randomBytes: (length: number) => Uint8Array,
): void {
  if (readVersion(database) === migrations.length) return;
  transactions.write(() => {
    const version = readVersion(database);
    if (version > migrations.length)
      throw new DataansError('storage-unusable', 'These notes were written by a newer version of Dataans.', {
        advice: 'Update Dataans. Nothing was changed.',
      });
    if (version === 0 && hasTables(database))
      throw new DataansError('storage-unusable', 'The database holds something else than notes of Dataans.', {
        advice: 'Keep the notes in another place. Nothing was changed.',
      });
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    if (version === 0) createWriterRow(database, randomBytes).startFresh();
  });
}

function readVersion(database: SqlDatabase): number {
  return readNumber(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
}

function hasTables(database: SqlDatabase): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}
