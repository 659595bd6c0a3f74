import type { NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Answered } from '../composer/use-writing.ts';
import type { App } from '../state/context.ts';
import { createNoteDoings, type NoteDoings } from './note-doings.ts';
import { noteKeys } from './note-keys.ts';
import type { StreamDoings } from './stream-doings.ts';
import type { Over } from './stream-over.tsx';

/** What one is doing in a stream, besides reading it. */
export interface Stream {
  readonly notes: NoteDoings;
  readonly doings: StreamDoings;
  readonly over: Over | null;
  open(over: Over): void;
  /** Only this one: what was opened from it stays. */
  close(over: Over): void;
  readonly editing: EntityId | null;
  readonly answered: Answered | null;
  stopAnswering(): void;
  /** `null`: notes are not being selected. */
  readonly selection: ReadonlyMap<EntityId, NoteRow> | null;
  stopSelecting(): void;
}

export function useStream(app: App, box: RefObject<HTMLTextAreaElement | null>): Stream {
  const notes = useMemo(() => createNoteDoings(app), [app]);
  const [over, setOver] = useState<Over | null>(null);
  const [editing, setEditing] = useState<EntityId | null>(null);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const selection = useSignal<ReadonlyMap<EntityId, NoteRow> | null>(null);
  const doings = useMemo((): StreamDoings => {
    const answer = (note: NoteRow): void => {
      setAnswered({ id: note.id, title: note.title });
      box.current?.focus();
    };
    const edit = ({ id }: Pick<NoteRow, 'id'>): void => setEditing(id);
    const toggle = (note: NoteRow): void => {
      const next = new Map(selection.value);
      if (!next.delete(note.id)) next.set(note.id, note);
      selection.value = next.size === 0 ? null : next;
    };
    const keys = noteKeys({
      notes,
      answer,
      edit,
      toggle,
      move: (note) => setOver({ kind: 'move', notes: [note] }),
      setDate: (note) => setOver({ kind: 'date', note }),
      go: app.router.go,
    });
    return {
      openMenu: (note, at) => setOver({ kind: 'menu', note, at }),
      openBacklinks: (note, at) => setOver({ kind: 'backlinks', note, at }),
      answer,
      edit,
      stopEditing: () => {
        setEditing(null);
        box.current?.focus();
      },
      toggle,
      tick: (note, seen, task) => void notes.tick(note, seen, task),
      key: (event, note) => {
        const act = keys[event.key];
        if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        // Held down, Delete would go on with the notes that take the place of the first.
        if (!event.repeat) act(note);
      },
    };
  }, [notes]);
  return {
    notes,
    doings,
    over,
    open: setOver,
    close: (closed) => setOver((now) => (now === closed ? null : now)),
    editing,
    answered,
    stopAnswering: () => setAnswered(null),
    selection: selection.value,
    stopSelecting: () => {
      selection.value = null;
    },
  };
}
