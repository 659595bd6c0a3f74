import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { bytesToJson } from '@dataans/core';
import type { KeptKeys } from '../../stores/kept-keys.ts';
import { nullIfAbsent } from './absent.ts';
import { replaceFile } from './replace-file.ts';

const shape = v.object({ source: v.string(), fetched: v.number(), keys: v.unknown() });

/** Published keys in a file. One that is damaged holds nothing: the keys are there to be fetched again. */
export function createDiskKeptKeys(path: string): KeptKeys {
  return {
    read: async () => {
      const bytes = await nullIfAbsent(readFile(path));
      const parsed = v.safeParse(shape, bytes === null ? null : bytesToJson(bytes));
      return parsed.success ? parsed.output : null;
    },
    write: (keys) => replaceFile(path, `${JSON.stringify(keys)}\n`),
  };
}
