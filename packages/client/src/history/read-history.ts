import {
  collectAncestors,
  createRevisionGraph,
  findEffectiveTimes,
  type DeviceId,
  type EntityId,
  type EntityKind,
  type OperationId,
  type Revision,
  type RevisionGraph,
} from '@dataans/core';
import { mergeSeen } from '../notebook/read-seen.ts';
import type { Entities } from '../store/entities.ts';
import type { Past } from '../store/past.ts';
import { findChanges } from './find-changes.ts';
import type { HistoryEntry, RevisionChange } from './history-entry.ts';

export interface ReadHistoryDependencies {
  readonly entities: Pick<Entities, 'revisions' | 'devices'>;
  readonly past: Pick<Past, 'heldBy'>;
}

/** Every known revision of an entity, the first one first; none where nothing is known of it. // HIS-1 */
export function readHistory(
  { entities, past }: ReadHistoryDependencies,
  kind: EntityKind,
  id: EntityId,
): readonly HistoryEntry[] {
  const revisions = entities.revisions(kind, id);
  const graph = createRevisionGraph(revisions);
  const times = findEffectiveTimes(graph, past.heldBy(kind, id));
  const numberById = new Map(revisions.map((revision, index) => [revision.id, index + 1]));
  const toNumbers = (ids: Iterable<OperationId>): readonly number[] =>
    Array.from(ids, (each) => numberById.get(each) ?? [])
      .flat()
      .toSorted((left, right) => left - right);
  const nameById = new Map<string, string>(
    entities.devices().map((device) => [device.id, device.value.name]),
  );
  const named = new Set(revisions.flatMap(({ operation }) => operation.parents));
  const unseen = createUnseenFinder(graph);
  return revisions.map((revision, index): HistoryEntry => {
    const { at, device, deleted, parents } = revision.operation;
    return {
      number: index + 1,
      id: revision.id,
      at: times.get(revision.id) ?? at,
      stampedAt: at,
      device: describeDevice(device, nameById),
      deleted,
      madeOn: toNumbers(parents),
      apartFrom: toNumbers(unseen(revision)),
      isCurrent: !named.has(revision.id),
      changes: changesOf(graph, revision),
    };
  });
}

function describeDevice(id: DeviceId, nameById: ReadonlyMap<string, string>): HistoryEntry['device'] {
  return { id, name: nameById.get(id) ?? null };
}

function changesOf(graph: RevisionGraph, { operation }: Revision): readonly RevisionChange[] {
  if (operation.parents.length === 0) return findChanges(operation.entity, null, operation);
  const known = operation.parents.filter((parent) => graph.has(parent));
  const base = mergeSeen(graph, known);
  if (base === null) return [{ kind: 'base-unknown' }];
  const changes = findChanges(operation.entity, base, operation);
  return known.length > 1 ? [{ kind: 'settled' }, ...changes] : changes;
}

/**
 * Asked for one revision after the other, each behind those that it was made on: says which of the earlier ones its author had not
 * seen, without those that others of them rest on.
 */
function createUnseenFinder(graph: RevisionGraph): (revision: Revision) => Iterable<OperationId> {
  const heads = new Set<OperationId>();
  const named = new Set<OperationId>();
  return ({ id, operation: { parents } }) => {
    const isOnAll = heads.isSubsetOf(new Set(parents));
    const unseen = isOnAll ? [] : heads.difference(collectAncestors(graph, id));
    for (const parent of parents) {
      heads.delete(parent);
      named.add(parent);
    }
    if (!named.has(id)) heads.add(id);
    return unseen;
  };
}
