import { dirname } from 'node:path';
import type { RunCall } from '../sql/sql.ts';
import { asSqliteStorageError } from './sqlite-error.ts';

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
