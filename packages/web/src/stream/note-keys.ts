import type { NoteRow } from '@dataans/client';
import type { Router } from '../router/router.ts';
import type { NoteDoings } from './note-doings.ts';
import type { StreamDoings } from './stream-doings.ts';

export interface NoteKeysDependencies extends Pick<StreamDoings, 'answer' | 'edit' | 'toggle'> {
  readonly notes: NoteDoings;
  readonly move: (note: NoteRow) => void;
  readonly setDate: (note: NoteRow) => void;
  readonly go: Router['go'];
}

/** The key of each thing that can be done with a note, as people are shown it. */
export const noteKey = {
  answer: 'R',
  edit: 'E',
  copyMarkdown: 'C',
  copyLink: 'L',
  pin: 'P',
  move: 'M',
  setDate: 'D',
  versions: 'H',
  select: 'X',
  remove: 'Del',
} as const;

/** What a key does while a note has the focus. */
export function noteKeys(
  dependencies: NoteKeysDependencies,
): Readonly<Record<string, ((note: NoteRow) => void) | undefined>> {
  const { notes, answer, edit, toggle, move, setDate, go } = dependencies;
  return {
    [pressed(noteKey.answer)]: answer,
    [pressed(noteKey.edit)]: edit,
    Enter: edit,
    [pressed(noteKey.copyMarkdown)]: (note) => void notes.copyMarkdown([note]),
    [pressed(noteKey.copyLink)]: (note) => void notes.copyLink(note),
    [pressed(noteKey.pin)]: (note) => void notes.pin([note], !note.pinned),
    [pressed(noteKey.move)]: move,
    [pressed(noteKey.setDate)]: setDate,
    [pressed(noteKey.versions)]: (note) => go({ at: 'history', note: note.id }),
    [pressed(noteKey.select)]: toggle,
    Delete: (note) => void notes.remove([note]),
    Backspace: (note) => void notes.remove([note]),
  };
}

/** What the browser calls the key of a letter. */
function pressed(letter: string): string {
  return letter.toLowerCase();
}
