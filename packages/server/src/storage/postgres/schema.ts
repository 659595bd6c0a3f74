import type { Query } from './database.ts';

/**
 * Each step is one that the version before still runs on: it adds, and a later one removes. The log's id comes first in every key, so
 * that a database with many logs can be spread by it. Bodies are ciphertext, which does not compress; the row of a head is written
 * with each append, so it stays small and has room beside it.
 */
export const migrations: readonly ((query: Query) => Promise<unknown>)[] = [
  (query) =>
    query(`
      CREATE TABLE logs (
        log uuid PRIMARY KEY,
        start bytea NOT NULL,
        seq bigint NOT NULL,
        chain bytea NOT NULL
      ) WITH (fillfactor = 50);
      CREATE TABLE operations (
        log uuid NOT NULL,
        seq bigint NOT NULL,
        id uuid NOT NULL,
        kind smallint NOT NULL,
        chain bytea NOT NULL,
        body bytea NOT NULL,
        PRIMARY KEY (log, seq),
        UNIQUE (log, id)
      );
      ALTER TABLE operations ALTER COLUMN body SET STORAGE EXTERNAL;
      CREATE TABLE records (log uuid PRIMARY KEY, hash bytea NOT NULL, record bytea NOT NULL);
      CREATE TABLE chunks (
        log uuid NOT NULL,
        name bytea NOT NULL,
        size integer NOT NULL,
        PRIMARY KEY (log, name)
      );
      CREATE TABLE filled_indexes (log uuid PRIMARY KEY);
      CREATE TABLE tokens (
        hash bytea PRIMARY KEY,
        name text NOT NULL,
        created bigint NOT NULL,
        expires bigint,
        last_used bigint,
        revoked bigint
      );
      CREATE UNIQUE INDEX tokens_in_force ON tokens (name) WHERE revoked IS NULL;
      CREATE TABLE notes (name text PRIMARY KEY, value text NOT NULL)`),
  (query) =>
    query(`
      CREATE TABLE accounts (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        created bigint NOT NULL,
        closed bigint,
        quota bigint,
        log uuid NOT NULL UNIQUE
      );
      CREATE TABLE sign_ins (
        method text NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        name text NOT NULL,
        account uuid NOT NULL REFERENCES accounts (id),
        PRIMARY KEY (method, issuer, subject)
      );
      CREATE TABLE waiting (
        method text NOT NULL,
        issuer text NOT NULL,
        subject text NOT NULL,
        name text NOT NULL,
        tried bigint NOT NULL,
        PRIMARY KEY (method, issuer, subject)
      );
      ALTER TABLE logs ADD COLUMN operation_bytes bigint NOT NULL DEFAULT 0;
      ALTER TABLE tokens ADD COLUMN account uuid REFERENCES accounts (id);
      CREATE UNIQUE INDEX tokens_of_account ON tokens (coalesce(account, '00000000-0000-0000-0000-000000000000'), name)
        WHERE revoked IS NULL;
      DROP INDEX tokens_in_force`),
];
