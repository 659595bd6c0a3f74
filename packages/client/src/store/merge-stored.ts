import {
  compareRevisions,
  createLineage,
  mergeHeads,
  mergeLineage,
  type MergedState,
  type OperationId,
} from '@dataans/core';
import type { ParentRows } from './parent-rows.ts';
import type { RevisionRows } from './revision-rows.ts';

export interface MergedRevisions {
  readonly revisions: Pick<RevisionRows, 'read'>;
  readonly parents: Pick<ParentRows, 'listOf'>;
}

/** The state of a stored entity, from its graph: only heads and bases are read. // STO-5, STO-32 */
export function mergeStored({ revisions, parents }: MergedRevisions, entity: number): MergedState {
  const merged = mergeLineage(createLineage(parents.listOf(entity)), revisions.read);
  if (merged === null) throw new TypeError('An entity without a revision has no state.');
  return merged;
}

/** The same if heads and bases are known: not even the graph is read. */
export function mergeKnownHeads(
  { revisions }: Pick<MergedRevisions, 'revisions'>,
  heads: readonly OperationId[],
  [base]: readonly OperationId[],
): MergedState {
  const read = heads.map(revisions.read).toSorted(compareRevisions);
  const bases = base === undefined ? [] : [base];
  return mergeHeads(read, bases, base === undefined ? null : revisions.read(base).operation.value);
}
