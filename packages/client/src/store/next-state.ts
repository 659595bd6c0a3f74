import {
  createRevisionGraph,
  mergeRevisions,
  type AnyOperation,
  type EntityId,
  type EntityKind,
  type NoteValue,
  type ValueByKind,
} from '@dataans/core';
import type { StateRow } from './entity-state-rows.ts';
import type { PlacedRevision } from './revision-rows.ts';

/** The integer that stands for an entity that a value names. */
export type ReferTo = (kind: EntityKind, id: EntityId) => number;

export interface LatestRevision {
  readonly place: number;
  readonly operation: AnyOperation;
}

/** What an entity's row says after new revisions, and which files a note holds then. */
export interface NextState {
  readonly row: StateRow;
  readonly files: readonly number[];
}

/** The state after a revision that was made on all that is current. */
export function followState(
  latest: LatestRevision | null,
  createdAt: number | null,
  referTo: ReferTo,
): NextState {
  if (latest === null) throw new TypeError('An entity cannot change without a revision.');
  const { place, operation } = latest;
  const { listed, files } = describeValue(operation.entity, operation.value, referTo);
  return {
    row: {
      head: place,
      merged: null,
      deleted: operation.deleted,
      conflict: false,
      createdAt,
      editedAt: operation.at,
      ...listed,
    },
    files,
  };
}

/** The state that all known revisions make together. // MRG-1 */
export function mergeState(
  kind: EntityKind,
  revisions: readonly PlacedRevision[],
  referTo: ReferTo,
): NextState {
  const graph = createRevisionGraph(revisions);
  const state = mergeRevisions(graph);
  if (state === null) return { row: noState, files: [] };
  const heads = state.heads.map(({ id }) => id);
  const only = heads.length === 1 ? revisions.find(({ id }) => id === heads[0]) : undefined;
  const { listed, files } = describeValue(kind, state.value, referTo);
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
