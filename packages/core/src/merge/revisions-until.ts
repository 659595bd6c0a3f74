import type { OperationId } from '../ids/uuid.ts';
import type { EntityKind } from '../operations/operation.ts';
import type { RevisionGraph } from './revision-graph.ts';
import type { Revision } from './revision.ts';

/**
 * What was there at a time: the revisions stamped up to then, and all that these were made on. A clock that
 * ran ahead may have stamped what they were made on later: they rest on it all the same. // HIS-2
 *
 * @param atMs milliseconds since 1970 UTC
 */
export function revisionsUntil<Kind extends EntityKind>(
  graph: RevisionGraph<Kind>,
  atMs: number,
): RevisionGraph<Kind> {
  const there = new Map<OperationId, Revision<Kind>>();
  const waiting = [...graph.values()].filter(({ operation }) => operation.at <= atMs);
  for (let revision = waiting.pop(); revision !== undefined; revision = waiting.pop()) {
    if (there.has(revision.id)) continue;
    there.set(revision.id, revision);
    for (const parent of revision.operation.parents) {
      const known = graph.get(parent);
      if (known !== undefined) waiting.push(known);
    }
  }
  return there;
}
