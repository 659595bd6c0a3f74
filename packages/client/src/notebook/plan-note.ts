import type { EntityId, NoteValue } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { NewFile } from '../store/new-file.ts';
import type { NewNote, NoteChange, PlannedChange } from './notebook.ts';
import { planCreation, planNoteEdit } from './plan-changes.ts';
import type { Seen } from './read-seen.ts';

const emptyNote: Omit<NoteValue, 'space'> = { name: '', text: '', files: [], pinned: false };

/** A note with the files that it brings. */
export function planNewNote(
  entities: Pick<Entities, 'read'>,
  id: EntityId,
  { id: _given, attach = [], ...fields }: NewNote,
): readonly PlannedChange[] {
  const value = { ...emptyNote, ...fields };
  const files = [...value.files, ...attach.map((file) => file.id)];
  return [...planFiles(entities, attach), planCreation('note', id, { ...value, files })];
}

/** The change of a note with the files that it adds; neither if nothing differs from what the person saw. */
export function planNoteChange(
  entities: Pick<Entities, 'read'>,
  seen: Seen<'note'>,
  { attach = [], detach = [], ...fields }: NoteChange,
): readonly PlannedChange[] {
  const files = changeFiles(fields.files ?? seen.value.files, attach, detach);
  const edit = planNoteEdit(seen, attach.length + detach.length === 0 ? fields : { ...fields, files });
  return edit.length === 0 ? [] : [...planFiles(entities, attach), ...edit];
}

function changeFiles(
  files: NoteValue['files'],
  attach: readonly NewFile[],
  detach: readonly EntityId[],
): NoteValue['files'] {
  const kept = files.filter((file) => !detach.includes(file));
  return [...kept, ...attach.map((file) => file.id).filter((file) => !kept.includes(file))];
}

/** One whose id is taken was added before. // STO-50 */
function planFiles(entities: Pick<Entities, 'read'>, files: readonly NewFile[]): readonly PlannedChange[] {
  return files
    .filter(({ id }) => entities.read('file', id) === null)
    .map(({ id, value }) => planCreation('file', id, value));
}
