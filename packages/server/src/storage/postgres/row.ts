import type { Answer, Row } from './database.ts';

/** A column of type bytea that is not null. */
export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${column} has no bytes.`);
  return value;
}

/** A whole number; bigint comes as text. */
export function numberOf(row: Row, column: string): number {
  const number = Number(row[column] ?? Number.NaN);
  if (!Number.isSafeInteger(number)) throw new TypeError(`Column ${column} has no number.`);
  return number;
}

export function numberOrNullOf(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column);
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} has no text.`);
  return value;
}

/** The row of a statement that always has one. */
export function onlyRow({ rows: [row] }: Answer): Row {
  if (row === undefined) throw new TypeError('The statement gave no row.');
  return row;
}
