import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';

const shape = v.object({
  /** Milliseconds since 1970 UTC when it was noticed. */
  at: v.number(),
  /** Notes that the server lacked a change of: that is lost, unless another tab or a person has it elsewhere. */
  unsentNotes: v.number(),
});
/** The place where this home was kept was cleared, by the browser or by a person in its settings. // BRW-12 */
export type StorageCleared = v.InferOutput<typeof shape>;

/** What nobody has acknowledged yet. */
export function readStorageCleared(facts: Pick<Facts, 'read'>): StorageCleared | null {
  return readJsonFact(facts, 'storage-cleared', shape);
}

export function noteStorageCleared(facts: Pick<Facts, 'write'>, cleared: StorageCleared): void {
  facts.write('storage-cleared', JSON.stringify(cleared));
}

export function acknowledgeStorageCleared(facts: Pick<Facts, 'read' | 'write'>): void {
  if (readStorageCleared(facts) !== null) facts.write('storage-cleared', '');
}
