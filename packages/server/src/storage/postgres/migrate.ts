import { OperatorError } from '../../operator-error.ts';
import type { PostgresDatabase, Query } from './database.ts';
import { isMadeMeanwhile } from './postgres-error.ts';
import { numberOf } from './row.ts';
import { migrations } from './schema.ts';

/**
 * Brings the schema up to date, for one process at a time: the row with its version is the lock. All steps are one transaction, which
 * PostgreSQL undoes whole. Resolves to how many steps there were. // SRV-103
 */
export async function migrate(database: PostgresDatabase): Promise<number> {
  await makeVersionTable(database.query);
  return database.transact(async (query) => {
    const { rows } = await query('SELECT version FROM schema_version FOR UPDATE');
    const version = requireKnown(rows[0] === undefined ? 0 : numberOf(rows[0], 'version'));
    for (const step of migrations.slice(version)) await step(query);
    await query('UPDATE schema_version SET version = $1', [migrations.length]);
    return migrations.length - version;
  });
}

/** Throws `OperatorError` unless the schema is the one that this version writes. */
export async function requireNewestSchema({ query }: PostgresDatabase): Promise<void> {
  const { rows } = await query("SELECT to_regclass('schema_version') IS NOT NULL AS there");
  const version = rows[0]?.['there'] === true ? await query('SELECT version FROM schema_version') : null;
  const row = version?.rows[0];
  if (requireKnown(row === undefined ? 0 : numberOf(row, 'version')) < migrations.length)
    throw new OperatorError(
      "The database's tables are older than this dataans-server, or it has none. Bring them up to date with: dataans-server migrate",
    );
}

function requireKnown(version: number): number {
  if (version <= migrations.length) return version;
  throw new OperatorError(
    `The database was written by a newer dataans-server (schema ${version}, this one knows ${migrations.length}). Use that version or a later one.`,
  );
}

async function makeVersionTable(query: Query): Promise<void> {
  const make = () =>
    query(`
      CREATE TABLE IF NOT EXISTS schema_version (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        version integer NOT NULL
      )`);
  try {
    await make();
  } catch (error) {
    // Two that make the first table at once meet in the catalogue.
    if (!isMadeMeanwhile(error)) throw error;
    await make();
  }
  await query('INSERT INTO schema_version (version) VALUES (0) ON CONFLICT DO NOTHING');
}
