import { utf8ToBytes } from '../bytes/bytes.ts';
import { nameBytesMax, noteFilesMax, operationBytesMax, parentsMax } from '../limits.ts';
import type { AnyOperation } from './operation.ts';

export type EncodedOrRefused =
  | { readonly ok: true; readonly encoded: Uint8Array }
  | {
      readonly ok: false;
      readonly code: 'too-large';
      readonly what: string;
      readonly size: number;
      readonly max: number;
    };

/** The operation as JSON in UTF-8, within the limits. // OPR-1, LIM-1 */
export function encodeOperation(operation: AnyOperation): EncodedOrRefused {
  const over = findExcess(operation);
  if (over !== null) return over;
  const encoded = utf8ToBytes(JSON.stringify(operation));
  return encoded.length > operationBytesMax
    ? refuse(`The ${operation.entity}`, encoded.length, operationBytesMax)
    : { ok: true, encoded };
}

function findExcess(operation: AnyOperation): EncodedOrRefused | null {
  const { value } = operation;
  const nameBytes = value.name.length * 3 > nameBytesMax ? utf8ToBytes(value.name).length : 0;
  if (nameBytes > nameBytesMax) return refuse('The name', nameBytes, nameBytesMax);
  if (operation.parents.length > parentsMax)
    return refuse('The list of parents', operation.parents.length, parentsMax);
  if ('files' in value && value.files.length > noteFilesMax) {
    return refuse('The list of files', value.files.length, noteFilesMax);
  }
  return null;
}

function refuse(what: string, size: number, max: number): EncodedOrRefused {
  return { ok: false, code: 'too-large', what, size, max };
}
