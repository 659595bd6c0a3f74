import { readFile } from 'node:fs/promises';
import { bytesToJson } from '@dataans/core';
import * as v from 'valibot';
import { nullIfAbsent } from './absent.ts';
import { replaceFile } from './replace-file.ts';

/** A value that is kept in a file of its own, and can be had again if the file is lost. */
export interface JsonFile<Value> {
  /** `null` if there is no file, or one that is damaged. */
  read(): Promise<Value | null>;
  write(value: Value): Promise<void>;
}

export function createJsonFile<Value>(path: string, shape: v.GenericSchema<unknown, Value>): JsonFile<Value> {
  return {
    read: async () => {
      const bytes = await nullIfAbsent(readFile(path));
      const parsed = v.safeParse(shape, bytes === null ? null : bytesToJson(bytes));
      return parsed.success ? parsed.output : null;
    },
    write: (value) => replaceFile(path, `${JSON.stringify(value)}\n`),
  };
}
