import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind, ValueByKind } from '../operations/operation.ts';
import { compareRevisions, type Revision } from './revision.ts';
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

interface Merged<Kind extends EntityKind> {
  readonly value: ValueByKind[Kind];
  readonly conflict: boolean;
  /** Every revision that the value rests on. */
  readonly ancestors: ReadonlySet<OperationId>;
}

/**
 * The state of an entity: a pure function of the set of its revisions, whatever the order in which
 * they came. `null` without any. // MRG-1
 */
export function mergeRevisions<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
): EntityState<Kind> | null {
  const heads = findHeads(graph);
  const merged = mergeHeads(graph, heads);
  if (merged === null) return null;
  return {
    heads,
    value: merged.value,
    deleted: heads.every(({ operation }) => operation.deleted), // MRG-6
    conflict: merged.conflict,
  };
}

function mergeHeads<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  heads: readonly Revision<Kind>[],
): Merged<Kind> | null {
  let merged: Merged<Kind> | null = null;
  for (const head of heads.toSorted(compareRevisions)) {
    const next: Merged<Kind> = {
      value: head.operation.value,
      conflict: false,
      ancestors: collectAncestors(graph, head.id),
    };
    merged = merged === null ? next : mergePair(graph, merged, next);
  }
  return merged;
}

function mergePair<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  earlier: Merged<Kind>,
  later: Merged<Kind>,
): Merged<Kind> {
  const shared = earlier.ancestors.intersection(later.ancestors);
  // Several nearest common ancestors merge among themselves first: each step rests on fewer revisions.
  const base = mergeHeads(graph, keepNearest(graph, shared)); // MRG-3
  const { value, conflict } = mergeValues<Kind>(base?.value ?? null, earlier.value, later.value);
  return {
    value,
    conflict: conflict || earlier.conflict,
    ancestors: earlier.ancestors.union(later.ancestors),
  };
}
