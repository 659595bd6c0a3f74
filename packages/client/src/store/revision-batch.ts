import { bytesToUuid, type EntityId, type EntityKind, type OperationId } from '@dataans/core';
import type { AttachmentRows } from './attachment-rows.ts';
import type { DeviceRows } from './device-rows.ts';
import type { EntityStateRows, StoredState } from './entity-state-rows.ts';
import { followState, mergeState, type LatestRevision } from './next-state.ts';
import type { NewRevision, RevisionRows } from './revision-rows.ts';

export interface RevisionTables {
  readonly revisions: RevisionRows;
  readonly states: EntityStateRows;
  readonly attachments: AttachmentRows;
  readonly devices: DeviceRows;
}

/** Revisions stored together, within one transaction. */
export interface RevisionBatch {
  /** Stores a revision and says its place; `null`, with nothing stored, where its id is taken. */
  add(revision: NewRevision): number | null;
  /** Writes the state that follows, of every entity that has a new revision. Comes last. */
  settle(): readonly ChangedEntity[];
}

export interface ChangedEntity {
  readonly kind: EntityKind;
  readonly id: EntityId;
  readonly entity: number;
  /** It rests on revisions that were made apart. */
  readonly isMerged: boolean;
}

interface OpenEntity {
  readonly kind: EntityKind;
  readonly id: EntityId;
  readonly entity: number;
  isStored: boolean;
  readonly storedHeads: readonly OperationId[];
  createdAt: number | null;
  /** The only current revision, where it came in this batch. */
  latest: (LatestRevision & { readonly id: Uint8Array }) | null;
  /** Its revisions do not follow one upon the other: only all of them together tell. */
  needsMerge: boolean;
  isMerged: boolean;
  progress: 'untouched' | 'changed' | 'settled';
}

/**
 * The state is what `mergeRevisions` says of all revisions. Where a revision was made on all that is
 * current here, that is the revision itself: what it was made on cannot name it as a parent, so
 * nothing here follows it, and no other revision needs to be read. // STO-5
 */
export function beginRevisionBatch(tables: RevisionTables): RevisionBatch {
  const openById = {
    space: new Map<EntityId, OpenEntity>(),
    note: new Map<EntityId, OpenEntity>(),
    file: new Map<EntityId, OpenEntity>(),
    device: new Map<EntityId, OpenEntity>(),
  } satisfies Record<EntityKind, unknown>;
  const openedInOrder: OpenEntity[] = [];
  const counts = tables.devices.beginCounts();
  let lastPlace = tables.revisions.lastPlace();
  let lastEntity = tables.states.lastEntity();

  const keepOpen = (opened: OpenEntity): void => {
    openById[opened.kind].set(opened.id, opened);
    openedInOrder.push(opened);
  };
  const openNew = (kind: EntityKind, id: EntityId): OpenEntity => {
    lastEntity += 1;
    return openEntity(kind, id, null, lastEntity);
  };
  const open = (kind: EntityKind, id: EntityId): OpenEntity => {
    const known = openById[kind].get(id);
    if (known !== undefined) return known;
    const stored = tables.states.find(kind, id);
    const opened = stored === null ? openNew(kind, id) : openEntity(kind, id, stored, stored.entity);
    keepOpen(opened);
    return opened;
  };
  const referTo = (kind: EntityKind, id: EntityId): number => open(kind, id).entity;

  /** `false` where it turns out that the entity was here. */
  const settle = (opened: OpenEntity): boolean => {
    const { kind, id, entity, isStored } = opened;
    const { row, files } = opened.needsMerge
      ? mergeState(kind, tables.revisions.listOf(entity), referTo)
      : followState(opened.latest, opened.createdAt, referTo);
    if (isStored) tables.states.update(entity, row);
    else if (!tables.states.insert(entity, kind, id, row)) return false;
    if (kind === 'note' && (isStored || files.length > 0)) tables.attachments.replace(entity, files);
    opened.isStored = true;
    opened.isMerged = row.merged !== null;
    opened.progress = 'settled';
    return true;
  };

  const addTo = (opened: OpenEntity, revision: NewRevision): number | null => {
    const place = lastPlace + 1;
    if (!tables.revisions.insert(place, revision, opened.entity)) return null;
    lastPlace = place;
    counts.count(revision.operation.device, revision.operation.n);
    follow(opened, place, revision);
    return place;
  };

  /** Most creations are of entities that are new here: to take that for granted spares looking for each. */
  const addCreation = (revision: NewRevision): number | null => {
    const { entity: kind, id } = revision.operation;
    const guessed = openNew(kind, id);
    const place = addTo(guessed, revision);
    if (place === null) return null;
    if (settle(guessed)) keepOpen(guessed);
    else {
      const opened = open(kind, id);
      tables.revisions.assign(place, opened.entity);
      follow(opened, place, revision);
    }
    return place;
  };

  return {
    add: (revision) => {
      const { entity: kind, id, parents } = revision.operation;
      const isCreation = parents.length === 0 && !openById[kind].has(id);
      return isCreation ? addCreation(revision) : addTo(open(kind, id), revision);
    },
    settle: () => {
      // To settle a note may open its space and files: they come up later in this loop.
      for (const opened of openedInOrder) {
        if (opened.progress === 'changed') settle(opened);
        else if (!opened.isStored) tables.states.insertNamed(opened.entity, opened.kind, opened.id);
      }
      counts.save();
      return openedInOrder.filter(({ progress }) => progress === 'settled');
    },
  };
}

function openEntity(kind: EntityKind, id: EntityId, stored: StoredState | null, entity: number): OpenEntity {
  return {
    kind,
    id,
    entity,
    isStored: stored !== null,
    storedHeads: stored?.heads ?? [],
    createdAt: stored?.createdAt ?? null,
    latest: null,
    needsMerge: false,
    isMerged: false,
    progress: 'untouched',
  };
}

function follow(opened: OpenEntity, place: number, { id, operation }: NewRevision): void {
  opened.needsMerge ||= !headsOf(opened).every((head) => operation.parents.includes(head));
  opened.latest = { place, id, operation };
  opened.createdAt = Math.min(opened.createdAt ?? operation.at, operation.at);
  opened.progress = 'changed';
}

function headsOf({ latest, storedHeads }: OpenEntity): readonly OperationId[] {
  return latest === null ? storedHeads : [bytesToUuid<OperationId>(latest.id)];
}
