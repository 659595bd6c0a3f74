import {
  isSameJson,
  type EntityId,
  type EntityKind,
  type NoteValue,
  type OperationId,
  type ValueByKind,
} from '@dataans/core';
import type { PlannedChange } from './notebook.ts';
import type { Seen } from './read-seen.ts';

export function planCreation<Kind extends EntityKind>(
  kind: Kind,
  id: EntityId,
  value: ValueByKind[Kind],
): PlannedChange {
  return planRevision(kind, id, [], false, value);
}

/** On top of all that is current; nothing where nothing differs. */
export function planEdit<Kind extends EntityKind>(
  kind: Kind,
  { id, heads, value: current }: Seen<Kind>,
  value: ValueByKind[Kind],
): readonly PlannedChange[] {
  return isSameJson(current, value) ? [] : [planRevision(kind, id, heads, false, value)];
}

/** The given fields on top of all that is current; those that a program does not know stay. // OPR-7 */
export function planChange<Kind extends EntityKind>(
  kind: Kind,
  entity: Seen<Kind>,
  change: Partial<ValueByKind[Kind]>,
): readonly PlannedChange[] {
  return planEdit(kind, entity, { ...entity.value, ...withoutUndefined(change) });
}

/** Saving the text of a note that holds both sides of a conflict settles it, even as it is. */
export function planNoteEdit(note: Seen<'note'>, change: Partial<NoteValue>): readonly PlannedChange[] {
  const value = { ...note.value, ...withoutUndefined(change) };
  if (note.conflict && change.text !== undefined)
    return [planRevision('note', note.id, note.heads, false, value)];
  return planEdit('note', note, value);
}

/** Keeps the value, so that it can be shown and brought back. */
export function planDeletion<Kind extends EntityKind>(
  kind: Kind,
  { id, heads, value }: Seen<Kind>,
): PlannedChange {
  return planRevision(kind, id, heads, true, value);
}

export function planRevision<Kind extends EntityKind>(
  entity: Kind,
  id: EntityId,
  parents: readonly OperationId[],
  deleted: boolean,
  value: ValueByKind[Kind],
): PlannedChange {
  // Kind and value belong together, by this function's own type.
  return { entity, id, parents, deleted, value } as unknown as PlannedChange;
}

function withoutUndefined<Value extends object>(value: Value): Value {
  // Fields were only left out, which a partial value allows.
  return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Value;
}
