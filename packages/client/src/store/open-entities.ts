import type { EntityId, EntityKind, OperationId, Stamp } from '@dataans/core';
import type { EntityStateRows, StoredState } from './entity-state-rows.ts';
import type { LatestRevision } from './next-state.ts';

export interface PlacedRevision extends LatestRevision {
  readonly id: Uint8Array;
  /** A revision that came before it names it as a parent. */
  readonly isNamedBefore: boolean;
}

/** An entity that a batch of revisions changes or names. */
export interface OpenEntity {
  readonly kind: EntityKind;
  readonly id: EntityId;
  readonly entity: number;
  isStored: boolean;
  created: Stamp | null;
  /** Of a note: the space that it was in, or that its last revision named. */
  space: number | null;
  /** The latest stamp of a revision that was current. */
  editedAt: number | null;
  /** The current revision that came last, where it came in this batch. */
  latest: PlacedRevision | null;
  /** The other current revisions. */
  otherHeads: readonly OperationId[];
  /** What every two heads share, if that is known. */
  bases: readonly OperationId[] | null;
  /** The revision of it that came right before those of this batch. */
  readonly lastStored: OperationId | null;
  /** A revision came after one that names it: only the graph tells what the heads are. */
  isTangled: boolean;
  isMerged: boolean;
  progress: 'untouched' | 'changed' | 'settled';
}

/** The entities that a batch has met. */
export interface OpenEntities {
  /** One that is taken for new. It is met once it is `keep`t. */
  openNew(kind: EntityKind, id: EntityId): OpenEntity;
  keep(entity: OpenEntity): void;
  open(kind: EntityKind, id: EntityId): OpenEntity;
  /** Its number. */
  referTo(kind: EntityKind, id: EntityId): number;
  wasLookedFor(kind: EntityKind, id: EntityId): boolean;
  /** By number, in the order in which they were met, with those that are met meanwhile. */
  all(): Iterable<OpenEntity>;
}

export function createOpenEntities(states: EntityStateRows): OpenEntities {
  const opened = new Map<number, OpenEntity>();
  /** Those of them that somebody looked for: to put every new text into a map costs more than its row. */
  const openById = {
    space: new Map<EntityId, OpenEntity>(),
    note: new Map<EntityId, OpenEntity>(),
    file: new Map<EntityId, OpenEntity>(),
    device: new Map<EntityId, OpenEntity>(),
  } satisfies Record<EntityKind, unknown>;
  let lastEntity = states.lastEntity();
  let lastReferred: OpenEntity | null = null;

  const openNew = (kind: EntityKind, id: EntityId): OpenEntity => {
    lastEntity += 1;
    return openEntity(kind, id, null, lastEntity);
  };
  const lookUp = (kind: EntityKind, id: EntityId): OpenEntity => {
    const stored = states.find(kind, id);
    if (stored === null) return openNew(kind, id);
    return opened.get(stored.entity) ?? openEntity(kind, id, stored, stored.entity);
  };
  const open = (kind: EntityKind, id: EntityId): OpenEntity => {
    const known = openById[kind].get(id);
    if (known !== undefined) return known;
    const found = lookUp(kind, id);
    openById[kind].set(id, found);
    opened.set(found.entity, found);
    return found;
  };
  return {
    openNew,
    keep: (entity) => {
      opened.set(entity.entity, entity);
    },
    open,
    referTo: (kind, id) => {
      // Most notes are in the space of the one before.
      if (lastReferred?.id !== id || lastReferred.kind !== kind) lastReferred = open(kind, id);
      return lastReferred.entity;
    },
    wasLookedFor: (kind, id) => openById[kind].size > 0 && openById[kind].has(id),
    all: () => opened.values(),
  };
}

function openEntity(kind: EntityKind, id: EntityId, stored: StoredState | null, entity: number): OpenEntity {
  return {
    kind,
    id,
    entity,
    isStored: stored !== null,
    created: stored?.created ?? null,
    space: stored?.space ?? null,
    editedAt: stored?.editedAt ?? null,
    latest: null,
    otherHeads: stored?.heads ?? [],
    bases: stored?.bases ?? null,
    lastStored: stored?.last ?? null,
    isTangled: false,
    isMerged: false,
    progress: 'untouched',
  };
}
