import {
  bytesToUuid,
  compareStamps,
  type AnyOperation,
  type EntityId,
  type EntityKind,
  type MergedState,
  type OperationId,
} from '@dataans/core';
import type { ArrivalRows } from './arrival-rows.ts';
import type { AttachmentRows } from './attachment-rows.ts';
import type { DeviceRows } from './device-rows.ts';
import type { EntityStateRows } from './entity-state-rows.ts';
import { noteSpace, type FormerSpaces } from './former-spaces.ts';
import type { LogTime } from './log-time.ts';
import { mergeKnownHeads, mergeStored } from './merge-stored.ts';
import { describeMerged, followState } from './next-state.ts';
import {
  createOpenEntities,
  type OpenEntities,
  type OpenEntity,
  type PlacedRevision,
} from './open-entities.ts';
import type { ParentRows } from './parent-rows.ts';
import type { NewRevision, RevisionRows } from './revision-rows.ts';

export interface RevisionTables {
  readonly revisions: RevisionRows;
  readonly parents: ParentRows;
  readonly states: EntityStateRows;
  readonly attachments: AttachmentRows;
  readonly formerSpaces: FormerSpaces;
  readonly devices: DeviceRows;
  readonly arrivals: ArrivalRows;
}

/** How revisions came here. */
export interface Arrival {
  /** Milliseconds since 1970 UTC by which they are here, for sure. */
  readonly byMs: number;
  /** Where they are the next entries of the log. */
  readonly logTime: LogTime | null;
}

/** Revisions stored together, within one transaction. */
export interface RevisionBatch {
  /** Stores a revision and says its place; `null`, with nothing stored, where its id is taken. */
  add(revision: NewRevision): number | null;
  /** Writes the state of an entity anew that is here. */
  mergeAgain(kind: EntityKind, id: EntityId): void;
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

/**
 * The state is what `mergeRevisions` says of all revisions. A revision that nothing here names is a head, and
 * takes the place of the heads that it names; if these are all, it is the state, and no other revision needs to
 * be read. The bases of several heads stay what they are while revisions follow upon just one of them: nothing that
 * came shares anything new. // STO-5, STO-32
 */
export function beginRevisionBatch(tables: RevisionTables, arrival: Arrival): RevisionBatch {
  const entities = createOpenEntities(tables.states);
  const settle = createSettle(tables, entities);
  const { insert, follow, saveCounts } = createArriving(tables, arrival, entities);

  /** Most creations are of entities that are new here: to take that for granted spares looking for each. */
  const addCreation = (revision: NewRevision): number | null => {
    const { entity: kind, id } = revision.operation;
    const guessed = entities.openNew(kind, id);
    const placed = insert(revision, guessed.entity);
    if (placed === null) return null;
    follow(guessed, placed);
    if (settle(guessed)) entities.keep(guessed);
    else {
      const known = entities.open(kind, id);
      tables.revisions.assign(placed.place, known.entity);
      follow(known, placed);
    }
    return placed.place;
  };

  const addTo = (changed: OpenEntity, revision: NewRevision): number | null => {
    const placed = insert(revision, changed.entity);
    if (placed !== null) follow(changed, placed);
    return placed?.place ?? null;
  };

  return {
    mergeAgain: (kind, id) => {
      const known = entities.open(kind, id);
      known.isTangled = true;
      known.progress = 'changed';
    },
    add: (revision) => {
      const { entity: kind, id, parents } = revision.operation;
      return parents.length === 0 && !entities.wasLookedFor(kind, id)
        ? addCreation(revision)
        : addTo(entities.open(kind, id), revision);
    },
    settle: () => {
      // To settle a note may open its space and files: they come up later in this loop.
      for (const each of entities.all()) {
        if (each.progress === 'changed') settle(each);
        else if (!each.isStored) tables.states.insertNamed(each.entity, each.kind, each.id);
      }
      saveCounts();
      return [...entities.all()].filter(({ progress }) => progress === 'settled');
    },
  };
}

/** Writes the state that follows; `false` where it turns out that the entity was here. */
function createSettle(tables: RevisionTables, { referTo }: OpenEntities): (changed: OpenEntity) => boolean {
  const placeOf = (head: OperationId): number => tables.revisions.read(head).place;
  const merge = (changed: OpenEntity): MergedState =>
    changed.isTangled || changed.bases === null || changed.bases.length > 1
      ? mergeStored(tables, changed.entity)
      : mergeKnownHeads(tables, headsOf(changed), changed.bases);
  return (changed) => {
    const { kind, id, entity, isStored, created, latest } = changed;
    const isHead = !changed.isTangled && changed.otherHeads.length === 0;
    const { row, files } = isHead
      ? followState(latest, created, referTo)
      : describeMerged(kind, merge(changed), created, placeOf, referTo);
    if (row.space !== null) noteSpace(tables.formerSpaces, changed, row.space);
    if (isStored) tables.states.update(entity, row);
    else if (!tables.states.insert(entity, kind, id, row)) return false;
    if (kind === 'note' && (isStored || files.length > 0)) tables.attachments.replace(entity, files);
    changed.isStored = true;
    changed.isMerged = row.merged !== null;
    changed.progress = 'settled';
    return true;
  };
}

/** Stores revisions, and notes in their entities what each means for the state. */
function createArriving(tables: RevisionTables, arrival: Arrival, { referTo }: OpenEntities) {
  const counts = tables.devices.beginCounts();
  let mayBeAwaited = tables.parents.areAwaited();
  let lastPlace = tables.revisions.lastPlace();

  const noteArrival = (changed: OpenEntity, place: number, operation: AnyOperation): void => {
    if (isDoubtful(changed, operation, arrival.byMs))
      tables.arrivals.add(place, arrival.byMs, arrival.logTime !== null);
    else arrival.logTime?.pass(operation.at);
  };
  return {
    /** `null`, with nothing stored, where its id is taken. */
    insert: (revision: NewRevision, entity: number): PlacedRevision | null => {
      const place = lastPlace + 1;
      if (!tables.revisions.insert(place, revision, entity)) return null;
      lastPlace = place;
      const { id, operation } = revision;
      counts.count(operation);
      return { place, id, operation, isNamedBefore: mayBeAwaited && tables.parents.arrive(id) };
    },
    follow: (changed: OpenEntity, revision: PlacedRevision): void => {
      const { place, id, operation, isNamedBefore } = revision;
      noteArrival(changed, place, operation);
      if (operation.entity === 'note')
        noteSpace(tables.formerSpaces, changed, referTo('space', operation.value.space));
      if (!isMadeOnLast(changed, operation.parents)) tables.parents.insert(place, operation.parents);
      const heads = headsOf(changed);
      const named = new Set(operation.parents);
      const left = heads.filter((head) => !named.has(head));
      const namesOnlyHeads = named.size === heads.length - left.length;
      if (!namesOnlyHeads) mayBeAwaited = tables.parents.await(operation.parents) || mayBeAwaited;
      if (!namesOnlyHeads || named.size !== 1) changed.bases = null;
      changed.isTangled ||= isNamedBefore || named.has(bytesToUuid<OperationId>(id));
      changed.otherHeads = left;
      changed.latest = revision;
      changed.editedAt = Math.max(changed.editedAt ?? operation.at, operation.at);
      if (changed.created === null || compareStamps(operation, changed.created) < 0)
        changed.created = operation;
      changed.progress = 'changed';
    },
    saveCounts: counts.save,
  };
}

function headsOf({ latest, otherHeads }: OpenEntity): readonly OperationId[] {
  return latest === null ? otherHeads : [...otherHeads, bytesToUuid<OperationId>(latest.id)];
}

/** Its stamp may not say when it was made. // HIS-14 */
function isDoubtful({ editedAt }: OpenEntity, { at }: AnyOperation, byMs: number): boolean {
  return at > byMs || (editedAt !== null && at <= editedAt);
}

/** On just the revision of the entity that came right before, or on none as the first one. */
function isMadeOnLast({ latest, lastStored }: OpenEntity, parents: readonly OperationId[]): boolean {
  const last = latest === null ? lastStored : bytesToUuid<OperationId>(latest.id);
  return last === null ? parents.length === 0 : parents.length === 1 && parents[0] === last;
}
