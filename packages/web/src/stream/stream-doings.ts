import type { Task } from '../markdown/tasks.ts';
import type { NoteRow } from '@dataans/client';

/** What a note in a stream can ask of it. The same object as long as the stream is shown. */
export interface StreamDoings {
  openMenu(note: NoteRow, at: DOMRect): void;
  openBacklinks(note: NoteRow, at: DOMRect): void;
  answer(note: NoteRow): void;
  edit(note: NoteRow): void;
  stopEditing(): void;
  toggle(note: NoteRow): void;
  tick(note: NoteRow, seen: string, task: Task): void;
  key(event: KeyboardEvent, note: NoteRow): void;
}
