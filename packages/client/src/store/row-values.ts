import type { SqlRow, SqlValue } from '../platform/sql-database.ts';

/** The column as a number; anything else there is a mistake in the query. */
export function readNumber(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrongColumn(column, value);
  return value;
}

export function readText(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrongColumn(column, value);
  return value;
}

export function readBytes(row: SqlRow, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrongColumn(column, value);
  return value;
}

export function readNullableNumber(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : readNumber(row, column);
}

export function readNullableText(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : readText(row, column);
}

export function readNullableBytes(row: SqlRow, column: string): Uint8Array | null {
  return row[column] === null ? null : readBytes(row, column);
}

function wrongColumn(column: string, value: SqlValue | undefined): TypeError {
  return new TypeError(`Column ${column} holds ${value === undefined ? 'nothing' : typeof value}.`);
}
