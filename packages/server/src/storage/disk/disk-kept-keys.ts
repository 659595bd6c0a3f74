import * as v from 'valibot';
import type { KeptKeys } from '../../stores/kept-keys.ts';
import { createJsonFile } from './json-file.ts';

const shape = v.object({ source: v.string(), fetched: v.number(), keys: v.unknown() });

/** Published keys in a file. One that is damaged holds nothing: the keys are there to be fetched again. */
export function createDiskKeptKeys(path: string): KeptKeys {
  return createJsonFile(path, shape);
}
