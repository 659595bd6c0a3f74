import { dirname } from 'node:path';
import { asSqliteStorageError } from './sqlite-error.ts';

/** Runs one call of a store: what SQLite throws becomes an error that every store has. */
export type RunCall = <Result>(work: () => Result) => Promise<Result>;

/** @param path of the database */
export function createRunCall(path: string): RunCall {
  return async (work) => {
    try {
      return work();
    } catch (error) {
      throw await asSqliteStorageError(error, dirname(path));
    }
  };
}
