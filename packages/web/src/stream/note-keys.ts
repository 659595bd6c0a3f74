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

/** What a key does while a note has the focus. */
export function noteKeys(
  dependencies: NoteKeysDependencies,
): Readonly<Record<string, ((note: NoteRow) => void) | undefined>> {
  const { notes, answer, edit, toggle, move, setDate, go } = dependencies;
  return {
    r: answer,
    e: edit,
    Enter: edit,
    c: (note) => void notes.copyMarkdown([note]),
    l: (note) => void notes.copyLink(note),
    p: (note) => void notes.pin([note], !note.pinned),
    m: move,
    d: setDate,
    h: (note) => go({ at: 'history', note: note.id }),
    x: toggle,
    Delete: (note) => void notes.remove([note]),
    Backspace: (note) => void notes.remove([note]),
  };
}
