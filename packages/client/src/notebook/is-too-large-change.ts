import { limits, utf8ToBytes } from '@dataans/core';
import type { PlannedChange } from './notebook.ts';

/** Beside value and parents: ids, numbers and stamps. */
const headerBytesMax = 512;
const parentBytes = 39;

/** Whether the operation of a change would be refused for its size. */
export function isTooLargeChange({ entity, value, parents }: PlannedChange): boolean {
  if (utf8ToBytes(value.name).length > limits.nameBytesMax || parents.length > limits.parentsMax) return true;
  if (entity === 'note' && value.files.length > limits.noteFilesMax) return true;
  const valueBytes = utf8ToBytes(JSON.stringify(value)).length;
  return headerBytesMax + parents.length * parentBytes + valueBytes > limits.operationBytesMax;
}
