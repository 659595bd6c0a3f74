import { bytesToJson } from '../bytes/json.ts';
import { unpackChunkNames } from '../ids/chunk-name.ts';
import { isUuid } from '../ids/uuid.ts';
import { clockCounterMax, fileBytesMax, parentsMax } from '../limits.ts';
import { countPieces } from '../sealing/chunk.ts';
import { entityKinds, type AnyOperation, type EntityKind } from './operation.ts';

export type DecodedOperation =
  | { readonly ok: true; readonly operation: AnyOperation }
  /** `not-understood`: well-formed, but of a newer version or kind than this code knows. */
  | { readonly ok: false; readonly code: 'malformed' | 'not-understood' };

type Members = Readonly<Record<string, unknown>>;

const malformed: DecodedOperation = { ok: false, code: 'malformed' };
const notUnderstood: DecodedOperation = { ok: false, code: 'not-understood' };

/** Takes only what it understands in full, so that an edit never drops what a newer program wrote. // OPR-4 */
export function decodeOperation(encoded: Uint8Array): DecodedOperation {
  const members = bytesToJson(encoded);
  if (!isMembers(members) || typeof members['v'] !== 'number') return malformed;
  if (members['v'] !== 1) return notUnderstood;
  if (typeof members['entity'] !== 'string') return malformed;
  const kind = entityKinds.find((known) => known === members['entity']);
  if (kind === undefined) return notUnderstood;
  const value = members['value'];
  if (!isMembers(value) || !hasHeader(members) || !isValueByKind[kind](value)) return malformed;
  if (countMembers(members) !== headerMembers || countMembers(value) !== membersByKind[kind])
    return notUnderstood;
  // Every member was just checked against the type.
  return { ok: true, operation: members as unknown as AnyOperation };
}

/**
 * Higher in every program that reads what an earlier one could not, envelopes included: by it a device knows
 * that what it kept aside is worth another look. // OPR-6
 */
export const readerVersion = 1;

const headerMembers = 10;
const membersByKind: Readonly<Record<EntityKind, number>> = { space: 2, note: 5, file: 3, device: 1 };

function hasHeader(members: Members): boolean {
  const parents = members['parents'];
  return (
    isUuid(members['device']) &&
    isCount(members['n']) &&
    members['n'] > 0 &&
    isCount(members['at']) &&
    isCount(members['c']) &&
    members['c'] <= clockCounterMax &&
    isUuid(members['id']) &&
    Array.isArray(parents) &&
    parents.length <= parentsMax &&
    parents.every(isUuid) &&
    typeof members['deleted'] === 'boolean'
  );
}

const isValueByKind: Readonly<Record<EntityKind, (value: Members) => boolean>> = {
  space: (value) => isText(value['name']) && (value['folder'] === null || isText(value['folder'])),
  note: (value) =>
    isUuid(value['space']) &&
    isText(value['name']) &&
    isText(value['text']) &&
    Array.isArray(value['files']) &&
    value['files'].every(isUuid) &&
    typeof value['pinned'] === 'boolean',
  file: (value) =>
    isText(value['name']) &&
    isCount(value['bytes']) &&
    value['bytes'] <= fileBytesMax &&
    typeof value['chunks'] === 'string' &&
    unpackChunkNames(value['chunks'])?.length === countPieces(value['bytes']), // CHK-1
  device: (value) => isText(value['name']),
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countMembers(members: Members): number {
  return Object.keys(members).length;
}
