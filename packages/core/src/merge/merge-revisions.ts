import type { OperationId } from '../ids/uuid.ts';
import { mergeDepthMax } from '../limits.ts';
import type { EntityKind, ValueByKind } from '../operations/operation.ts';
import type { Revision } from './revision.ts';
import { collectAncestors, findHeads, keepNearest, type RevisionGraph } from './revision-graph.ts';
import { mergeValues } from './merge-values.ts';

/** What all revisions of one entity together say. */
export interface EntityState<Kind extends EntityKind = EntityKind> {
  /** The current revisions in merge order: the parents of the next edit. */
  readonly heads: readonly Revision<Kind>[];
  readonly value: ValueByKind[Kind];
  readonly deleted: boolean;
  /** Both sides of a conflict stand in the text, and nobody has edited the note since. */
  readonly conflict: boolean;
}

/**
 * The state of an entity: a pure function of the set of its revisions, whatever the order in which
 * they came. `null` without any. // MRG-1
 */
export function mergeRevisions<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
): EntityState<Kind> | null {
  const heads = findHeads(graph);
  const merged = mergeHeads({ graph, depth: 0, baseByHeads: new Map() }, heads);
  if (merged === null) return null;
  return {
    heads,
    value: merged.value,
    deleted: heads.every(({ operation }) => operation.deleted), // MRG-6
    conflict: merged.conflict,
  };
}

interface Merging<Kind extends EntityKind> {
  readonly graph: RevisionGraph<Kind>;
  /** How many bases of bases this merge is away from the heads of the entity. */
  readonly depth: number;
  /** Bases at this depth and below that are known already, by depth and the ids of what was merged. */
  readonly baseByHeads: Map<string, ValueByKind[Kind]>;
}

interface Merged<Kind extends EntityKind> {
  readonly value: ValueByKind[Kind];
  readonly conflict: boolean;
}

/** Folds heads in merge order. // MRG-2 */
function mergeHeads<Kind extends EntityKind>(
  merging: Merging<Kind>,
  [first, ...others]: readonly Revision<Kind>[],
): Merged<Kind> | null {
  if (first === undefined) return null;
  let merged: Merged<Kind> = { value: first.operation.value, conflict: false };
  if (others.length === 0) return merged;
  let ancestors = collectAncestors(merging.graph, first.id);
  for (const head of others) {
    const headAncestors = collectAncestors(merging.graph, head.id);
    const base = findBase(merging, ancestors.intersection(headAncestors));
    const next = mergeValues<Kind>(head.operation.entity, base, merged.value, head.operation.value);
    merged = { value: next.value, conflict: merged.conflict || next.conflict };
    ancestors = ancestors.union(headAncestors);
  }
  return merged;
}

/**
 * The value that two sides were made on: their nearest common ancestor, and where there are several
 * these merge first. `null` without any. // MRG-3
 */
function findBase<Kind extends EntityKind>(
  { graph, depth, baseByHeads }: Merging<Kind>,
  shared: ReadonlySet<OperationId>,
): ValueByKind[Kind] | null {
  const nearest = keepNearest(graph, shared);
  if (nearest.length < 2 || depth === mergeDepthMax) return nearest.at(-1)?.operation.value ?? null; // MRG-8
  const heads = `${depth} ${nearest.map(({ id }) => id).join(' ')}`;
  const known = baseByHeads.get(heads);
  if (known !== undefined) return known;
  const merged = mergeHeads({ graph, depth: depth + 1, baseByHeads }, nearest);
  if (merged !== null) baseByHeads.set(heads, merged.value);
  return merged?.value ?? null;
}
