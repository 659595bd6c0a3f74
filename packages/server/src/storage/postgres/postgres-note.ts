import { textToJson } from '@dataans/core';
import * as v from 'valibot';
import type { Query } from './database.ts';

/** A value under a name of its own, which can be had again if it is lost. */
export interface PostgresNote<Value> {
  /** `null` if there is none, or one that cannot be read. */
  read(): Promise<Value | null>;
  write(value: Value): Promise<void>;
}

export function createPostgresNote<Value>(
  query: Query,
  name: string,
  shape: v.GenericSchema<unknown, Value>,
): PostgresNote<Value> {
  return {
    read: async () => {
      const { rows } = await query('SELECT value FROM notes WHERE name = $1', [name]);
      const parsed = v.safeParse(shape, textToJson(String(rows[0]?.['value'])));
      return parsed.success ? parsed.output : null;
    },
    write: async (value) =>
      void (await query(
        'INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        [name, JSON.stringify(value)],
      )),
  };
}
