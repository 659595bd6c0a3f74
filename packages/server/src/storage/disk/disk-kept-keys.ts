import { publishedKeysShape, type KeptKeys } from '../../stores/kept-keys.ts';
import { createJsonFile } from './json-file.ts';

/** Published keys in a file. One that is damaged holds nothing: the keys are there to be fetched again. */
export function createDiskKeptKeys(path: string): KeptKeys {
  return createJsonFile(path, publishedKeysShape);
}
