import { startChain, uuidToBytes, type Hash, type LogId } from '@dataans/core';
import type { Migration } from './sql.ts';

/** The log's schema. The log id is made with it, in the same transaction. // SRV-9 */
export function logMigrations(newLogId: () => LogId, hash: Hash): readonly Migration[] {
  return [
    ({ rows }) => {
      rows(`CREATE TABLE log (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id BLOB NOT NULL,
        start BLOB NOT NULL
      ) STRICT`);
      rows(`CREATE TABLE account (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        record BLOB NOT NULL
      ) STRICT`);
      rows(`CREATE TABLE operations (
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        kind INTEGER NOT NULL,
        body BLOB NOT NULL,
        chain BLOB NOT NULL
      ) STRICT`);
      const id = newLogId();
      rows('INSERT INTO log (only, id, start) VALUES (1, ?, ?)', uuidToBytes(id), startChain(hash, id));
    },
  ];
}
