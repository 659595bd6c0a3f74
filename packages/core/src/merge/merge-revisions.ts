import type { OperationId } from '../ids/uuid.ts';
import { mergeBasesMax, mergeDepthMax } from '../limits.ts';
import type { EntityKind, ValueByKind } from '../operations/operation.ts';
import { findBases, findSharedBases } from './find-bases.ts';
import { findHeadIds, type Lineage } from './lineage.ts';
import { mergeValues, type MergedValue } from './merge-values.ts';
import { compareRevisions, type Revision } from './revision.ts';
import { graphToLineage, readFrom, type RevisionGraph } from './revision-graph.ts';

/** What all revisions of one entity together say. */
export interface EntityState<Kind extends EntityKind = EntityKind> {
  /** The current revisions in merge order: the parents of the next edit. */
  readonly heads: readonly Revision<Kind>[];
  readonly value: ValueByKind[Kind];
  readonly deleted: boolean;
  /** Something that several wrote or deleted apart stands in the text, and nobody has edited the note since. */
  readonly conflict: boolean;
}

/** A state with what the next merge can go on from. */
export interface MergedState<Kind extends EntityKind = EntityKind> {
  readonly state: EntityState<Kind>;
  /**
   * The nearest common ancestors of every two heads, if these are the same for all. They stay so while revisions
   * follow that were made on exactly one head. `null` if they are not, or if there is one head.
   */
  readonly bases: readonly OperationId[] | null;
}

/** Reads a revision that the lineage holds: heads, and what they were made on. */
export type ReadRevision<Kind extends EntityKind> = (id: OperationId) => Revision<Kind>;

/**
 * The state of an entity: a pure function of the set of its revisions, whatever the order in which
 * they came. `null` without any. // MRG-1
 */
export function mergeRevisions<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
): EntityState<Kind> | null {
  return mergeLineage(graphToLineage(graph), readFrom(graph))?.state ?? null;
}

/** The same, of revisions that are read only if the merge needs them: the heads and their bases. */
export function mergeLineage<Kind extends EntityKind>(
  lineage: Lineage,
  read: ReadRevision<Kind>,
): MergedState<Kind> | null {
  const heads = findHeadIds(lineage).map(read).toSorted(compareRevisions);
  const [first, ...others] = heads;
  if (first === undefined) return null;
  if (others.length === 0) return { state: toState(heads, onlyValue(first)), bases: null };
  const bases = findBases(
    lineage,
    heads.map(({ id }) => id),
  );
  const shared = bases.every((each) => isSameList(each, bases[0])) ? (bases[0] ?? null) : null;
  if (shared !== null) return mergeHeads(heads, shared, readBase({ lineage, read }, shared, 0));
  let merged = onlyValue(first);
  for (const [index, { operation }] of others.entries()) {
    const base = readBase({ lineage, read }, bases[index] ?? [], 0);
    const next = mergeValues<Kind>(operation.entity, base, merged.value, operation.value);
    merged = { value: next.value, conflict: merged.conflict || next.conflict };
  }
  return { state: toState(heads, merged), bases: null };
}

/**
 * Several heads at once, on the bases that every two of them share. // MRG-2
 *
 * @param heads in merge order
 * @param base what the bases say together; `null` without any
 */
export function mergeHeads<Kind extends EntityKind>(
  heads: readonly Revision<Kind>[],
  bases: readonly OperationId[],
  base: ValueByKind[Kind] | null,
): MergedState<Kind> {
  return { state: toState(heads, mergeAtOnce(heads, base)), bases };
}

function mergeAtOnce<Kind extends EntityKind>(
  revisions: readonly Revision<Kind>[],
  base: ValueByKind[Kind] | null,
): MergedValue<Kind> {
  const [first] = revisions;
  if (first === undefined) throw new TypeError('There is nothing to merge.');
  const values = revisions.map(({ operation }) => operation.value);
  return mergeValues<Kind>(first.operation.entity, base, ...values);
}

function onlyValue<Kind extends EntityKind>({ operation }: Revision<Kind>): MergedValue<Kind> {
  return { value: operation.value, conflict: false };
}

function toState<Kind extends EntityKind>(
  heads: readonly Revision<Kind>[],
  { value, conflict }: MergedValue<Kind>,
): EntityState<Kind> {
  return { heads, value, deleted: heads.every(({ operation }) => operation.deleted), conflict }; // MRG-6
}

interface Bases<Kind extends EntityKind> {
  readonly lineage: Lineage;
  readonly read: ReadRevision<Kind>;
}

/**
 * What several bases say together: their merge at once, on what all of them share. So each level takes one
 * merge, however the revisions cross. // MRG-3, MRG-8
 *
 * @param depth how many bases of bases this one is away from the heads
 */
function readBase<Kind extends EntityKind>(
  bases: Bases<Kind>,
  ids: readonly OperationId[],
  depth: number,
): ValueByKind[Kind] | null {
  const revisions = ids.map(bases.read).toSorted(compareRevisions);
  if (ids.length < 2 || ids.length > mergeBasesMax || depth === mergeDepthMax)
    return revisions.at(-1)?.operation.value ?? null;
  const base = readBase(bases, findSharedBases(bases.lineage, ids), depth + 1);
  return mergeAtOnce(revisions, base).value;
}

function isSameList(one: readonly OperationId[], other: readonly OperationId[] | undefined): boolean {
  return one.length === other?.length && one.every((id, index) => id === other[index]);
}
