import type { Entity } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { formatLocalTime } from './dates.ts';
import { noteTitle } from './note-title.ts';

/** A line of a list of notes: id, time of the last edit, marks, title. */
export function noteToRow(note: Entity<'note'>, shortenId: (id: EntityId) => string): readonly string[] {
  return [shortenId(note.id), formatLocalTime(note.editedAt), noteMarks(note), noteTitle(note)];
}

/** `*` for pinned, `!` for a conflict to settle, `+` for files. */
function noteMarks({ value, conflict }: Entity<'note'>): string {
  const marks = [value.pinned ? '*' : '', conflict ? '!' : '', value.files.length > 0 ? '+' : ''];
  return marks.join('') || '-';
}
