import {
  compareStamps,
  type AnyOperation,
  type EntityId,
  type EntityKind,
  type MergedState,
  type NoteValue,
  type OperationId,
  type Stamp,
  type ValueByKind,
} from '@dataans/core';
import type { StateRow } from './entity-state-rows.ts';

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
  created: Stamp | null,
  referTo: ReferTo,
): NextState {
  if (latest === null) throw new TypeError('An entity cannot change without a revision.');
  const { place, operation } = latest;
  const { listed, files } = describeValue(operation.entity, operation.value, created, referTo);
  return {
    row: {
      head: place,
      merged: null,
      deleted: operation.deleted,
      conflict: false,
      created,
      editedAt: operation.at,
      ...listed,
    },
    files,
  };
}

/** The state that several heads make together, or one that is not the latest revision. // MRG-1 */
export function describeMerged(
  kind: EntityKind,
  { state, bases }: MergedState,
  createdBefore: Stamp | null,
  placeOf: (head: OperationId) => number,
  referTo: ReferTo,
): NextState {
  const heads = state.heads.map(({ id }) => id);
  const [only] = heads;
  const created =
    createdBefore ?? state.heads.map(({ operation }) => operation).toSorted(compareStamps)[0] ?? null;
  const { listed, files } = describeValue(kind, state.value, created, referTo);
  return {
    row: {
      head: only !== undefined && heads.length === 1 ? placeOf(only) : null,
      merged: heads.length === 1 ? null : { heads, bases, value: state.value },
      deleted: state.deleted,
      conflict: state.conflict,
      created,
      editedAt: state.heads.reduce((latest, { operation }) => Math.max(latest, operation.at), 0),
      ...listed,
    },
    files,
  };
}

interface DescribedValue {
  /** What lists go by. */
  readonly listed: Pick<StateRow, 'moment' | 'space' | 'name' | 'pinned'>;
  readonly files: readonly number[];
}

const unlisted: DescribedValue = {
  listed: { moment: null, space: null, name: null, pinned: false },
  files: [],
};

function describeValue(
  kind: EntityKind,
  value: ValueByKind[EntityKind],
  created: Stamp | null,
  referTo: ReferTo,
): DescribedValue {
  if (kind !== 'note') return unlisted;
  // An operation's kind and value belong together.
  const { space, name, pinned, files, date } = value as NoteValue;
  return {
    listed: { moment: date ?? created?.at ?? null, space: referTo('space', space), name, pinned },
    files: files.map((file) => referTo('file', file)),
  };
}
