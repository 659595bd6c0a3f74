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
  const { functions } = owner.sqlite;
  const bind = createBind(owner, statement);
  const { step, release } = createSteps(owner, statement);
  const readRow = createReadRow(owner, statement);
  let uses = 0;
  let isLooping = false;

  /** Ends a loop that still holds the statement; it will not get another row. */
  const begin = (): number => {
    owner.pointer();
    if (isLooping) release();
    isLooping = false;
    uses += 1;
    return uses;
  };
  const requireCurrent = (use: number): void => {
    owner.pointer();
    if (use !== uses) throw new TypeError('The loop has lost its rows: its statement was used again.');
  };
  /** A database that was closed meanwhile has taken its statements with it. */
  const endLoop = (): void => {
    isLooping = false;
    if (owner.isOpen()) release();
  };
  const once = <Result>(parameters: readonly SqlValue[], use: () => Result): Result => {
    begin();
    try {
      bind(parameters);
      return use();
    } finally {
      release();
    }
  };

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

  return {
    run: (...parameters) => {
      once(parameters, () => {
        while (step());
      });
      return { changes: functions.sqlite3_changes(owner.pointer()) };
    },
    get: (...parameters) => once(parameters, () => (step() ? readRow() : undefined)),
    all: (...parameters) => [...rows(parameters)],
    iterate: (...parameters) => rows(parameters),
  };
}

function createSteps({ sqlite: { functions }, fault }: StatementOwner, statement: number) {
  return {
    /** Whether there is a row. */
    step: (): boolean => {
      const code = functions.sqlite3_step(statement);
      if (code === codeRow) return true;
      if (code === codeDone) return false;
      throw fault(code);
    },
    /** Ends the use of the statement. A failure was thrown already by the step that met it. */
    release: (): void => {
      functions.sqlite3_reset(statement);
      functions.sqlite3_clear_bindings(statement);
    },
  };
}

function createBind(
  { sqlite: { functions }, scratch, fault }: StatementOwner,
  statement: number,
): (parameters: readonly SqlValue[]) => void {
  /** Numbers go in as floating point, as on Node: a column made for integers turns them into those. */
  const bindValue = (place: number, value: SqlValue): number => {
    if (value === null) return functions.sqlite3_bind_null(statement, place);
    if (typeof value === 'number') return functions.sqlite3_bind_double(statement, place, value);
    if (typeof value === 'string') {
      const { start, bytes } = scratch.writeText(value);
      return functions.sqlite3_bind_text(statement, place, start, bytes, ownerCopies);
    }
    const start = scratch.writeBytes(value);
    return functions.sqlite3_bind_blob(statement, place, start, value.length, ownerCopies);
  };
  return (parameters) => {
    for (let index = 0; index < parameters.length; index += 1) {
      const code = bindValue(index + 1, parameters[index] ?? null);
      if (code !== codeOk) throw fault(code);
    }
  };
}

/** Of the row that the last step came to. */
function createReadRow({ sqlite: { functions, api } }: StatementOwner, statement: number): () => SqlRow {
  let columns: readonly string[] = [];
  const readColumnNames = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, column) => api.capi.sqlite3_column_name(statement, column));
  /** The bytes of a text or blob column, good until the next call into SQLite. */
  const viewOf = (start: number, column: number): Uint8Array =>
    api.wasm.heap8u().subarray(start, start + functions.sqlite3_column_bytes(statement, column));
  const readValue = (column: number): SqlValue => {
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
  };
  return () => {
    const count = functions.sqlite3_column_count(statement);
    if (count !== columns.length) columns = readColumnNames(count);
    const row: Record<string, SqlValue> = {};
    for (let column = 0; column < count; column += 1) row[columns[column] ?? ''] = readValue(column);
    return row;
  };
}

function requireSafeInteger(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('The database holds an integer that is too large for a number.');
  }
  return value;
}
