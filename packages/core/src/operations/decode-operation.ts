import { bytesToJson } from '../bytes/json.ts';
import { isUuid } from '../ids/uuid.ts';
import { clockCounterMax, operationDepthMax, parentsMax } from '../limits.ts';
import { entityKinds, type AnyOperation } from './operation.ts';
import { isShallow } from './is-shallow.ts';
import { isCount, isMembers, readValue, type Members } from './read-value.ts';

export type DecodedOperation =
  | { readonly ok: true; readonly operation: AnyOperation }
  /** `not-understood`: well-formed, but of a newer version or kind than this code knows. */
  | { readonly ok: false; readonly code: 'malformed' | 'not-understood' };

const malformed: DecodedOperation = { ok: false, code: 'malformed' };
const notUnderstood: DecodedOperation = { ok: false, code: 'not-understood' };

/** Members that nobody knows here are kept as they are; of a value they are passed on with it. // OPR-4, OPR-7 */
export function decodeOperation(encoded: Uint8Array): DecodedOperation {
  const members = bytesToJson(encoded);
  if (!isMembers(members) || typeof members['v'] !== 'number') return malformed;
  if (members['v'] !== 1) return notUnderstood;
  if (typeof members['entity'] !== 'string') return malformed;
  const kind = entityKinds.find((known) => known === members['entity']);
  if (kind === undefined) return notUnderstood;
  if (!hasHeader(members) || !isMembers(members['value']) || !isShallow(members, operationDepthMax))
    return malformed;
  const value: unknown = readValue(kind, members['value']);
  if (value === null) return malformed;
  // Every member that the type has was just checked.
  const operation = value === members['value'] ? members : { ...members, value };
  return { ok: true, operation: operation as unknown as AnyOperation };
}

/**
 * Higher in every program that reads what an earlier one could not, envelopes included: by it a device knows
 * that what it kept aside is worth another look. // OPR-6
 */
export const readerVersion = 2;

/** Or not there. // OPR-8 */
function isNumberBefore(waits: unknown, n: number): boolean {
  return waits === undefined || (isCount(waits) && waits > 0 && waits < n);
}

function hasHeader(members: Members): boolean {
  const parents = members['parents'];
  return (
    isUuid(members['device']) &&
    isCount(members['n']) &&
    members['n'] > 0 &&
    isNumberBefore(members['waits'], members['n']) &&
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
