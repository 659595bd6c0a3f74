import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { bytesToJson } from '@dataans/core';
import { parseKeys } from '../../auth/signed-token/parse-keys.ts';
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
      if (!parsed.success) return null;
      const keys = parseKeys(parsed.output);
      return keys === null ? null : { ...parsed.output, keys };
    },
    write: (keys) => replaceFile(path, `${JSON.stringify(keys)}\n`),
  };
}
