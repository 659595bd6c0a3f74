import {
  bytesToUuid,
  createRevisionGraph,
  mergeRevisions,
  type AnyOperation,
  type EntityId,
  type EntityKind,
  type NoteValue,
  type OperationId,
  type ValueByKind,
} from '@dataans/core';
import type { AttachmentRows } from './attachment-rows.ts';
import type { DeviceRows } from './device-rows.ts';
import type { EntityStateRows, StateRow, StoredState } from './entity-state-rows.ts';
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
  latest: { readonly place: number; readonly id: Uint8Array; readonly operation: AnyOperation } | null;
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
      ? mergeState(tables, opened, referTo)
      : followState(opened, referTo);
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

type ReferTo = (kind: EntityKind, id: EntityId) => number;

interface NextState {
  readonly row: StateRow;
  readonly files: readonly number[];
}

/** The state after a revision that was made on all that is current. */
function followState(opened: OpenEntity, referTo: ReferTo): NextState {
  if (opened.latest === null) throw new TypeError('An entity cannot change without a revision.');
  const { place, operation } = opened.latest;
  const { listed, files } = describeValue(operation.entity, operation.value, referTo);
  return {
    row: {
      head: place,
      merged: null,
      deleted: operation.deleted,
      conflict: false,
      createdAt: opened.createdAt,
      editedAt: operation.at,
      ...listed,
    },
    files,
  };
}

/** The state that all known revisions make together. // MRG-1 */
function mergeState(tables: RevisionTables, opened: OpenEntity, referTo: ReferTo): NextState {
  const revisions = tables.revisions.listOf(opened.entity);
  const graph = createRevisionGraph(revisions);
  const state = mergeRevisions(graph);
  if (state === null) return { row: noState, files: [] };
  const heads = state.heads.map(({ id }) => id);
  const only = heads.length === 1 ? revisions.find(({ id }) => id === heads[0]) : undefined;
  const { listed, files } = describeValue(opened.kind, state.value, referTo);
  return {
    row: {
      head: only?.place ?? null,
      merged: only === undefined ? { heads, value: state.value } : null,
      deleted: state.deleted,
      conflict: state.conflict,
      createdAt: revisions.reduce((earliest, { operation }) => Math.min(earliest, operation.at), Infinity),
      editedAt: state.heads.reduce((latest, { operation }) => Math.max(latest, operation.at), 0),
      ...listed,
    },
    files,
  };
}

/** Of revisions that name each other in a circle nothing follows. */
const noState: StateRow = {
  head: null,
  merged: null,
  deleted: false,
  conflict: false,
  createdAt: null,
  editedAt: null,
  space: null,
  name: null,
  pinned: false,
};

interface DescribedValue {
  /** What lists go by. */
  readonly listed: Pick<StateRow, 'space' | 'name' | 'pinned'>;
  readonly files: readonly number[];
}

const unlisted: DescribedValue = { listed: { space: null, name: null, pinned: false }, files: [] };

function describeValue(kind: EntityKind, value: ValueByKind[EntityKind], referTo: ReferTo): DescribedValue {
  if (kind !== 'note') return unlisted;
  // An operation's kind and value belong together.
  const { space, name, pinned, files } = value as NoteValue;
  return {
    listed: { space: referTo('space', space), name, pinned },
    files: files.map((file) => referTo('file', file)),
  };
}

function headsOf({ latest, storedHeads }: OpenEntity): readonly OperationId[] {
  return latest === null ? storedHeads : [bytesToUuid<OperationId>(latest.id)];
}
