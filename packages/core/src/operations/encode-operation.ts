import { utf8ToBytes } from '../bytes/bytes.ts';
import {
  mediaTypeBytesMax,
  nameBytesMax,
  noteFilesMax,
  operationBytesMax,
  orderBytesMax,
  parentsMax,
  signBytesMax,
} from '../limits.ts';
import type { AnyOperation, EntityKind, ValueByKind } from './operation.ts';

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
  const longText = findLongText(operation);
  if (longText !== null) return longText;
  if (operation.parents.length > parentsMax)
    return refuse('The list of parents', operation.parents.length, parentsMax);
  if (operation.entity === 'note' && operation.value.files.length > noteFilesMax)
    return refuse('The list of files', operation.value.files.length, noteFilesMax);
  return null;
}

/** Of each kind of entity, the members that are a short text. // LIM-3, LIM-5 */
const shortTexts: { readonly [Kind in EntityKind]: readonly ShortText<ValueByKind[Kind]>[] } = {
  space: [
    ['name', 'The name', nameBytesMax],
    ['colour', 'The colour', signBytesMax],
    ['icon', 'The icon', signBytesMax],
    ['order', 'The order', orderBytesMax],
  ],
  note: [['name', 'The name', nameBytesMax]],
  file: [
    ['name', 'The name', nameBytesMax],
    ['type', 'The media type', mediaTypeBytesMax],
  ],
  device: [['name', 'The name', nameBytesMax]],
};

type ShortText<Value> = readonly [member: keyof Value, what: string, bytesMax: number];

function findLongText({ entity, value }: AnyOperation): EncodedOrRefused | null {
  // The members of each kind are those of its value.
  const members = value as unknown as Readonly<Record<PropertyKey, unknown>>;
  for (const [member, what, bytesMax] of shortTexts[entity]) {
    const text = members[member];
    const bytes = typeof text === 'string' && text.length * 3 > bytesMax ? utf8ToBytes(text).length : 0;
    if (bytes > bytesMax) return refuse(what, bytes, bytesMax);
  }
  return null;
}

function refuse(what: string, size: number, max: number): EncodedOrRefused {
  return { ok: false, code: 'too-large', what, size, max };
}
