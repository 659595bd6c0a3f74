import {
  createRevisionGraph,
  DataansError,
  mergeRevisions,
  type EntityId,
  type OperationId,
  type Revision,
} from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';

/**
 * The note as it was when these were its heads, whatever has come since: what a person saw, who edits it.
 *
 * @throws DataansError `not-found` if the note or one of the heads is not known here
 */
export function readNoteAsSeen(
  entities: Pick<Entities, 'read' | 'revisions'>,
  id: EntityId,
  heads: readonly OperationId[],
): Entity<'note'> {
  const current = entities.read('note', id);
  if (current === null) throw notKnown();
  if (isSameSet(current.heads, heads)) return current;
  const seen = revisionsBelow(entities.revisions('note', id), heads);
  const state = mergeRevisions(createRevisionGraph(seen));
  if (
    state === null ||
    !isSameSet(
      state.heads.map((head) => head.id),
      heads,
    )
  )
    throw notKnown();
  const { value, deleted, conflict } = state;
  return { ...current, heads, value, deleted, conflict };
}

/** The heads, and all that they were made on. */
function revisionsBelow(
  revisions: readonly Revision<'note'>[],
  heads: readonly OperationId[],
): readonly Revision<'note'>[] {
  const seen = new Set(heads);
  // Each comes behind those that it was made on.
  for (const { id, operation } of revisions.toReversed())
    if (seen.has(id)) for (const parent of operation.parents) seen.add(parent);
  return revisions.filter(({ id }) => seen.has(id));
}

function isSameSet(left: readonly OperationId[], right: readonly OperationId[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}

function notKnown(): DataansError {
  return new DataansError('not-found', 'There is no such note, or not in the state that was seen.', {
    advice: 'Read it again.',
  });
}
