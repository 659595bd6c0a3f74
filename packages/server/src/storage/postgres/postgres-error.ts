import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';

const diskFull = '53100';
const uniqueViolation = '23505';
/** What a table, its type or its row in the catalogue fails with that another connection makes at the same time. */
const madeMeanwhile: ReadonlySet<string> = new Set(['42P07', '42710', uniqueViolation]);

/**
 * Classes and codes of SQLSTATE that another try later may not meet: connections (08), credentials that are being changed (28),
 * resources (53), an operator's hand (57), a standby, transactions that met, and locks that were waited for too long.
 */
const passing = /^(?:08|28|53|57|58)|^(?:25006|40001|40P01|55P03)$/;

/** What the driver says in words alone. */
const lostConnection =
  /^Connection terminated|^timeout exceeded when trying to connect|^Query read timeout|connection error and is not queryable|^Connection ended/;

/** SQLSTATE of an error; `null` if it is none of the database's. */
function sqlState(error: unknown): string | null {
  const code = codeOf(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === uniqueViolation;
}

/** Of `CREATE … IF NOT EXISTS`, which looks before it makes and not while it does. */
export function isMadeMeanwhile(error: unknown): boolean {
  return madeMeanwhile.has(sqlState(error) ?? '');
}

/** An error of the database as one that every store has, if it is about its place; else the same error. */
export function asPostgresError(error: unknown): unknown {
  const state = sqlState(error);
  if (state === diskFull) return new StorageFullError(error);
  if (state !== null) return passing.test(state) ? new StorageUnavailableError(error) : error;
  return isConnectionError(error) ? new StorageUnavailableError(error) : error;
}

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(?:E[A-Z_]{3,}|ERR_SSL|CERT|DEPTH|SELF)/.test(codeOf(error) ?? '') || lostConnection.test(error.message)
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
