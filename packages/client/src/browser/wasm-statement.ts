import type { SqlRow, SqlStatement, SqlValue } from '../platform/sql-database.ts';
import type { WasmScratch } from './wasm-scratch.ts';
import type { WasmSqlite } from './wasm-sqlite.ts';

/** What a statement needs of the database that it belongs to. */
export interface StatementOwner {
  readonly sqlite: WasmSqlite;
  readonly scratch: WasmScratch;
  /** Address of the database. Throws when it has been closed. */
  pointer(): number;
  isOpen(): boolean;
  /** The error to throw for a result code that is not a success. */
  fault(code: number): Error;
}

const codeOk = 0;
const codeRow = 100;
const codeDone = 101;

const typeInteger = 1;
const typeFloat = 2;
const typeText = 3;
const typeBlob = 4;

/** Tells SQLite to copy a parameter at once. */
const ownerCopies = -1;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** @param statement address of a prepared statement; whoever prepared it finalizes it */
export function createWasmStatement(owner: StatementOwner, statement: number): SqlStatement {
  const { functions, api } = owner.sqlite;
  let columns: readonly string[] = [];
  let uses = 0;
  let isLooping = false;

  /** Ends a loop that still holds the statement; it will not get another row. */
  function begin(): number {
    owner.pointer();
    if (isLooping) release();
    isLooping = false;
    uses += 1;
    return uses;
  }

  function* rows(parameters: readonly SqlValue[]): Generator<SqlRow, void, undefined> {
    const use = begin();
    isLooping = true;
    try {
      bind(parameters);
      while (step()) {
        yield readRow();
        requireCurrent(use);
      }
    } finally {
      if (use === uses) endLoop();
    }
  }

  function requireCurrent(use: number): void {
    owner.pointer();
    if (use !== uses) throw new TypeError('The loop has lost its rows: its statement was used again.');
  }

  /** A database that was closed meanwhile has taken its statements with it. */
  function endLoop(): void {
    isLooping = false;
    if (owner.isOpen()) release();
  }

  function bind(parameters: readonly SqlValue[]): void {
    for (let index = 0; index < parameters.length; index += 1) {
      const code = bindValue(index + 1, parameters[index] ?? null);
      if (code !== codeOk) throw owner.fault(code);
    }
  }

  /** Numbers go in as floating point, as on Node: a column made for integers turns them into those. */
  function bindValue(place: number, value: SqlValue): number {
    if (value === null) return functions.sqlite3_bind_null(statement, place);
    if (typeof value === 'number') return functions.sqlite3_bind_double(statement, place, value);
    if (typeof value === 'string') {
      const { start, bytes } = owner.scratch.writeText(value);
      return functions.sqlite3_bind_text(statement, place, start, bytes, ownerCopies);
    }
    const start = owner.scratch.writeBytes(value);
    return functions.sqlite3_bind_blob(statement, place, start, value.length, ownerCopies);
  }

  /** Whether there is a row. */
  function step(): boolean {
    const code = functions.sqlite3_step(statement);
    if (code === codeRow) return true;
    if (code === codeDone) return false;
    throw owner.fault(code);
  }

  /** Ends the use of the statement. A failure was thrown already by the step that met it. */
  function release(): void {
    functions.sqlite3_reset(statement);
    functions.sqlite3_clear_bindings(statement);
  }

  function readRow(): SqlRow {
    const count = functions.sqlite3_column_count(statement);
    if (count !== columns.length) columns = readColumnNames(count);
    const row: Record<string, SqlValue> = {};
    for (let column = 0; column < count; column += 1) row[columns[column] ?? ''] = readValue(column);
    return row;
  }

  function readColumnNames(count: number): readonly string[] {
    return Array.from({ length: count }, (_, column) => api.capi.sqlite3_column_name(statement, column));
  }

  function readValue(column: number): SqlValue {
    switch (functions.sqlite3_column_type(statement, column)) {
      case typeInteger:
        return requireSafeInteger(functions.sqlite3_column_double(statement, column));
      case typeFloat:
        return functions.sqlite3_column_double(statement, column);
      case typeText:
        return decoder.decode(viewOf(functions.sqlite3_column_text(statement, column), column));
      case typeBlob:
        return viewOf(functions.sqlite3_column_blob(statement, column), column).slice();
      default:
        return null;
    }
  }

  /** The bytes of a text or blob column, good until the next call into SQLite. */
  function viewOf(start: number, column: number): Uint8Array {
    return api.wasm.heap8u().subarray(start, start + functions.sqlite3_column_bytes(statement, column));
  }

  function first(parameters: readonly SqlValue[]): SqlRow | undefined {
    begin();
    try {
      bind(parameters);
      return step() ? readRow() : undefined;
    } finally {
      release();
    }
  }

  return {
    run: (...parameters) => {
      begin();
      try {
        bind(parameters);
        while (step());
      } finally {
        release();
      }
      return { changes: functions.sqlite3_changes(owner.pointer()) };
    },
    get: (...parameters) => first(parameters),
    all: (...parameters) => [...rows(parameters)],
    iterate: (...parameters) => rows(parameters),
  };
}

function requireSafeInteger(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('The database holds an integer that is too large for a number.');
  }
  return value;
}
