import { noteTitle, type NoteRow } from '@dataans/client';
import type { NoteOnItsWay } from '../drafts/sent-notes.ts';

/** Of each note. What is longer is shown when it is asked for. */
export const charactersShown = 6_000;

/** As a list shows it until the home tells of it; it has no files. */
export function rowOnItsWay({ id, space, text }: NoteOnItsWay, nowMs: number): NoteRow {
  return {
    id,
    space,
    name: '',
    title: noteTitle({ name: '', text }),
    beginning: text.slice(0, charactersShown),
    isWhole: text.length <= charactersShown,
    moment: nowMs,
    date: null,
    createdAt: nowMs,
    editedAt: nowMs,
    edited: false,
    pinned: false,
    conflict: false,
    backedUp: false,
    files: [],
    awaitedFiles: 0,
  };
}
