import type { OperationId } from '../ids/uuid.ts';
import { compareStamps, stampAfter } from '../operations/clock.ts';
import type { RevisionGraph } from './revision-graph.ts';
import type { Revision } from './revision.ts';
import { sortCausally } from './sort-causally.ts';

/**
 * When each revision of an entity counts as made, in milliseconds since 1970 UTC: never before what it was made on,
 * whatever the clocks were. // HIS-13
 *
 * @param heldBy revisions that are known to have been there at a time, for those whose stamp does not say it
 */
export function findEffectiveTimes(
  graph: RevisionGraph,
  heldBy: ReadonlyMap<OperationId, number>,
): ReadonlyMap<OperationId, number> {
  const revisions = sortCausally(graph);
  const silent = findSilent(graph, revisions);
  const latest = new Map<OperationId, number>();
  for (const revision of revisions.toReversed()) {
    const { id, operation } = revision;
    const held = heldBy.get(id) ?? Infinity;
    const own = silent.has(id) && held < Infinity ? held : Math.min(operation.at, held);
    const upTo = Math.min(own, latest.get(id) ?? Infinity);
    latest.set(id, upTo);
    for (const parent of operation.parents)
      latest.set(parent, Math.min(upTo, latest.get(parent) ?? Infinity));
  }
  const times = new Map<OperationId, number>();
  for (const { id, operation } of revisions) {
    const parents = operation.parents.map((parent) => times.get(parent) ?? -Infinity);
    times.set(
      id,
      parents.reduce((from, time) => Math.max(from, time), latest.get(id) ?? operation.at),
    );
  }
  return times;
}

/**
 * Revisions whose stamp says only that they were made after their parents: their authors' clocks were behind those
 * stamps. A device's clock is never behind what it stamped itself. // CLK-5
 */
export function findSilent(
  graph: RevisionGraph,
  revisions: readonly Revision[] = sortCausally(graph),
): ReadonlySet<OperationId> {
  const silent = new Set<OperationId>();
  for (const { id, operation } of revisions) {
    const parents = operation.parents.flatMap((parent) => graph.get(parent) ?? []);
    const foreign = parents.filter(
      (parent) => parent.operation.device !== operation.device || silent.has(parent.id),
    );
    if (foreign.some((parent) => compareStamps(operation, stampAfter(parent.operation)) <= 0)) silent.add(id);
  }
  return silent;
}
