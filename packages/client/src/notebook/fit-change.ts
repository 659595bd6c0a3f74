import { isSameJson, type NoteValue } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import { isTooLargeChange } from './is-too-large-change.ts';
import type { PlannedChange } from './notebook.ts';

type NoteChange = Extract<PlannedChange, { readonly entity: 'note' }>;

/**
 * A change as operations that fit. Merging can make a note larger than an operation may be, because each of its heads
 * fits: a change that leaves such a text alone (a deletion, a move, a pin) is recorded on each head by itself, and they
 * merge to the same text again. Any other change stays as it is, and is refused if it does not fit. // STO-38
 */
export function fitChange(
  entities: Pick<Entities, 'read' | 'revisions'>,
  change: PlannedChange,
): readonly PlannedChange[] {
  const isFitting = !isTooLargeChange({ ...change, parents: [] }); // Too many heads to name are another matter.
  if (change.entity !== 'note' || change.parents.length < 2 || isFitting) return [change];
  const current = entities.read('note', change.id);
  const isOnHeads = current !== null && isSameSet(current.heads, change.parents);
  if (!isOnHeads || change.value.text !== current.value.text) return [change];
  if (change.deleted === current.deleted && isSameJson(current.value, change.value)) return [change];
  const revisions = new Map(
    entities.revisions('note', change.id).map(({ id, operation }) => [id, operation]),
  );
  return change.parents.flatMap((head): readonly NoteChange[] => {
    const made = revisions.get(head);
    if (made === undefined) throw new TypeError('A head of a note is not among its revisions.');
    return [{ ...change, parents: [head], value: changeHead(made.value, current.value, change.value) }];
  });
}

/** The value of one head, with whatever differs between what was current and what is to be. */
function changeHead(head: NoteValue, before: NoteValue, after: NoteValue): NoteValue {
  const fields: Record<string, unknown> = { ...head };
  for (const [name, content] of Object.entries({ ...before, ...after })) {
    if (!(name in after)) delete fields[name];
    else if (!isSameJson(content, before[name as keyof NoteValue])) fields[name] = content;
  }
  // A note's value with members of a note's value in their places.
  return { ...(fields as unknown as NoteValue), files: mergeFiles(head, before, after) };
}

/** The files of one head, with those that the change attaches and without those that it takes away. */
function mergeFiles(head: NoteValue, before: NoteValue, after: NoteValue): NoteValue['files'] {
  const added = after.files.filter((file) => !before.files.includes(file));
  const kept = head.files.filter((file) => after.files.includes(file) || !before.files.includes(file));
  return [...kept, ...added];
}

function isSameSet<Id>(left: readonly Id[], right: readonly Id[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}
