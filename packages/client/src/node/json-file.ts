import { readFileSync } from 'node:fs';
import { DataansError, textToJson } from '@dataans/core';
import * as v from 'valibot';
import { explainFileFault, faultCode } from './file-faults.ts';

/**
 * The content of a small JSON file; `null` where there is none. Nothing in the error repeats what the
 * file holds: it may be secret.
 *
 * @throws DataansError `storage-unusable` where it cannot be read or is not what it must be
 */
export function readJsonFile<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): v.InferOutput<Schema> | null {
  const text = readText(path);
  if (text === null) return null;
  const parsed = v.safeParse(schema, textToJson(text));
  if (parsed.success) return parsed.output;
  throw new DataansError('storage-unusable', `${path} is damaged or was edited.`, {
    advice: "Restore a copy of it, or move it aside and sign in again. Your notes aren't stored in it.",
  });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return null;
    throw explainFileFault(error, path);
  }
}
