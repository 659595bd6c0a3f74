import type { SqlRow } from './sql.ts';

/** The row of a statement that gives one, whatever there is. */
export function onlyRow([row]: readonly SqlRow[]): SqlRow {
  if (row === undefined) throw new TypeError('A statement gave no row, and always gives one.');
  return row;
}

/** A column that the schema declares as BLOB NOT NULL. */
export function blobOf(row: SqlRow, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${column} is not a blob.`);
  return value;
}

/** A column that the schema declares as INTEGER NOT NULL. */
export function integerOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} is not an integer.`);
  return value;
}

/** A column that the schema declares as INTEGER. */
export function integerOrNullOf(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : integerOf(row, column);
}

/** A column that the schema declares as TEXT NOT NULL. */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} is not a text.`);
  return value;
}
