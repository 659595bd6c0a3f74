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
  /** By number, in the order in which they were met. */
  const opened = new Map<number, OpenEntity>();
  /** Those of them that somebody looked for: to put every new text into a map costs more than its row. */
  const openById = {
    space: new Map<EntityId, OpenEntity>(),
    note: new Map<EntityId, OpenEntity>(),
    file: new Map<EntityId, OpenEntity>(),
    device: new Map<EntityId, OpenEntity>(),
  } satisfies Record<EntityKind, unknown>;
  const counts = tables.devices.beginCounts();
  let lastPlace = tables.revisions.lastPlace();
  let lastEntity = tables.states.lastEntity();

  const openNew = (kind: EntityKind, id: EntityId): OpenEntity => {
    lastEntity += 1;
    return openEntity(kind, id, null, lastEntity);
  };
  const lookUp = (kind: EntityKind, id: EntityId): OpenEntity => {
    const stored = tables.states.find(kind, id);
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
  let lastReferred: OpenEntity | null = null;
  const referTo = (kind: EntityKind, id: EntityId): number => {
    // Most notes are in the space of the one before.
    if (lastReferred?.id !== id || lastReferred.kind !== kind) lastReferred = open(kind, id);
    return lastReferred.entity;
  };

  /** `false` where it turns out that the entity was here. */
  const settle = (changed: OpenEntity): boolean => {
    const { kind, id, entity, isStored } = changed;
    const { row, files } = changed.needsMerge
      ? mergeState(kind, tables.revisions.listOf(entity), referTo)
      : followState(changed.latest, changed.createdAt, referTo);
    if (isStored) tables.states.update(entity, row);
    else if (!tables.states.insert(entity, kind, id, row)) return false;
    if (kind === 'note' && (isStored || files.length > 0)) tables.attachments.replace(entity, files);
    changed.isStored = true;
    changed.isMerged = row.merged !== null;
    changed.progress = 'settled';
    return true;
  };

  const addTo = (changed: OpenEntity, revision: NewRevision): number | null => {
    const place = lastPlace + 1;
    if (!tables.revisions.insert(place, revision, changed.entity)) return null;
    lastPlace = place;
    counts.count(revision.operation.device, revision.operation.n);
    follow(changed, place, revision);
    return place;
  };

  /** Most creations are of entities that are new here: to take that for granted spares looking for each. */
  const addCreation = (revision: NewRevision): number | null => {
    const { entity: kind, id } = revision.operation;
    const guessed = openNew(kind, id);
    const place = addTo(guessed, revision);
    if (place === null) return null;
    if (settle(guessed)) opened.set(guessed.entity, guessed);
    else {
      const known = open(kind, id);
      tables.revisions.assign(place, known.entity);
      follow(known, place, revision);
    }
    return place;
  };

  return {
    add: (revision) => {
      const { entity: kind, id, parents } = revision.operation;
      const wasLookedFor = openById[kind].size > 0 && openById[kind].has(id);
      return parents.length === 0 && !wasLookedFor ? addCreation(revision) : addTo(open(kind, id), revision);
    },
    settle: () => {
      // To settle a note may open its space and files: they come up later in this loop.
      for (const each of opened.values()) {
        if (each.progress === 'changed') settle(each);
        else if (!each.isStored) tables.states.insertNamed(each.entity, each.kind, each.id);
      }
      counts.save();
      return [...opened.values()].filter(({ progress }) => progress === 'settled');
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

function follow(changed: OpenEntity, place: number, { id, operation }: NewRevision): void {
  changed.needsMerge ||= !headsOf(changed).every((head) => operation.parents.includes(head));
  changed.latest = { place, id, operation };
  changed.createdAt = Math.min(changed.createdAt ?? operation.at, operation.at);
  changed.progress = 'changed';
}

function headsOf({ latest, storedHeads }: OpenEntity): readonly OperationId[] {
  return latest === null ? storedHeads : [bytesToUuid<OperationId>(latest.id)];
}
