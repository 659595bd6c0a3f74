import {
  createRevisionGraph,
  isSameJson,
  type EntityId,
  type EntityKind,
  type EntityState,
  type OperationId,
} from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { PlannedChange } from './notebook.ts';
import { planRevision } from './plan-changes.ts';
import { mergeSeen } from './read-seen.ts';

/** What was recorded of one entity. */
export interface RecordedOfEntity {
  readonly kind: Exclude<EntityKind, 'device'>;
  readonly id: EntityId;
  readonly operations: ReadonlySet<OperationId>;
}

type ReadEntities = Pick<Entities, 'read' | 'revision' | 'revisions'>;

/**
 * What was recorded, entity by entity: first what is to live again, and a space before its notes; last what is to be
 * deleted, and a space after them. // STO-52, HIS-10
 */
export function listRecorded(
  entities: ReadEntities,
  operations: readonly OperationId[],
): readonly RecordedOfEntity[] {
  const byEntity = new Map<string, RecordedOfEntity & { operations: Set<OperationId> }>();
  for (const operation of operations) {
    const made = entities.revision(operation)?.operation;
    if (made === undefined || made.entity === 'device') continue;
    const { entity: kind, id } = made;
    const known = byEntity.get(`${kind} ${id}`) ?? { kind, id, operations: new Set() };
    known.operations.add(operation);
    byEntity.set(`${kind} ${id}`, known);
  }
  return [...byEntity.values()]
    .map((recorded) => ({ recorded, rank: rankOf(recorded.kind, readAround(entities, recorded).before) }))
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ recorded }) => recorded);
}

const rankByKind: Readonly<Record<RecordedOfEntity['kind'], number>> = { space: 1, file: 2, note: 3 };

function rankOf(
  kind: RecordedOfEntity['kind'],
  before: EntityState<RecordedOfEntity['kind']> | null,
): number {
  return before === null || before.deleted ? 10 - rankByKind[kind] : rankByKind[kind];
}

/**
 * Takes back what was recorded of an entity: what its author saw before, made on what they recorded. If nobody has
 * changed it since, it is as it was; else what they did is merged with that, and stays. A file that was added stays:
 * only notes show it. // STO-52, HIS-7
 */
export function planRevert(entities: ReadEntities, recorded: RecordedOfEntity): readonly PlannedChange[] {
  const { kind, id } = recorded;
  const current = entities.read(kind, id);
  const { before, last, after } = readAround(entities, recorded);
  if (current === null || after === null || (before === null && kind === 'file')) return [];
  const { value, deleted } = before ?? { value: after.value, deleted: true };
  if (deleted ? current.deleted : !current.deleted && isSameJson(current.value, value)) return [];
  return [planRevision(kind, id, last, deleted, value)];
}

interface Around {
  /** What the author saw; `null` if there was nothing. */
  readonly before: EntityState<RecordedOfEntity['kind']> | null;
  /** Those of them that no other of them was made on. */
  readonly last: readonly OperationId[];
  /** What they say. */
  readonly after: EntityState<RecordedOfEntity['kind']> | null;
}

function readAround(entities: ReadEntities, { kind, id, operations }: RecordedOfEntity): Around {
  const graph = createRevisionGraph<RecordedOfEntity['kind']>(entities.revisions(kind, id));
  const parents = new Set(Array.from(operations, (each) => graph.get(each)?.operation.parents ?? []).flat());
  const last = [...operations.difference(parents)];
  return {
    before: mergeSeen(graph, [...parents.difference(operations)]),
    last,
    after: mergeSeen(graph, last),
  };
}
