import type { NoteRow, SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { Composer } from '../composer/composer.tsx';
import type { Answered } from '../composer/use-writing.ts';
import { later } from '../elements/later.tsx';
import { useDroppedFiles } from '../files/dropped-files.ts';
import { createNoteDoings } from './note-doings.ts';
import { NoteMenu } from './note-menu.tsx';
import { PinnedBar } from './pinned-bar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { StreamHeader } from './stream-header.tsx';
import { StreamList } from './stream-list.tsx';
import type { StreamDoings } from './stream-doings.ts';
import type { StreamWindow } from './stream-window.ts';

const Calendar = later(async () => (await import('./calendar.tsx')).Calendar);
const DateDialog = later(async () => (await import('./date-dialog.tsx')).DateDialog);
const MoveDialog = later(async () => (await import('./move-dialog.tsx')).MoveDialog);

export interface StreamPageProps {
  readonly space: SpaceRow;
  /** The note that its address names. */
  readonly note: EntityId | null;
  readonly onOpenSpaces: () => void;
  readonly onEditSpace: () => void;
}

/** What lies over the stream; at most one thing. */
type Over =
  | { readonly kind: 'menu'; readonly note: NoteRow; readonly at: DOMRect }
  | { readonly kind: 'move'; readonly notes: readonly NoteRow[] }
  | { readonly kind: 'date'; readonly note: NoteRow }
  | { readonly kind: 'calendar' };

/** A space: its notes, and the box that one writes in. */
export function StreamPage({ space, note, onOpenSpaces, onEditSpace }: StreamPageProps): VNode {
  const app = useApp();
  const notes = useMemo(() => createNoteDoings(app), [app]);
  const [over, setOver] = useState<Over | null>(null);
  const [editing, setEditing] = useState<EntityId | null>(null);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [pinned, setPinned] = useState('');
  const selection = useSignal<ReadonlyMap<EntityId, NoteRow> | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const window = useRef<StreamWindow | null>(null);
  const isDropping = useDroppedFiles((dropped) =>
    app.draftFiles.attach({ kind: 'space', id: space.id }, dropped),
  );
  const said = app.words.value;

  const toggle = (toggled: NoteRow): void => {
    const next = new Map(selection.value);
    if (!next.delete(toggled.id)) next.set(toggled.id, toggled);
    selection.value = next.size === 0 ? null : next;
  };
  const doings = useMemo((): StreamDoings => {
    const answer = (of: NoteRow): void => {
      setAnswered({ id: of.id, title: of.title });
      box.current?.focus();
    };
    const edit = (of: NoteRow): void => setEditing(of.id);
    return {
      openMenu: (of, at) => setOver({ kind: 'menu', note: of, at }),
      answer,
      edit,
      stopEditing: () => {
        setEditing(null);
        box.current?.focus();
      },
      toggle,
      tick: (of, line, checked) => void notes.tick(of, line, checked),
      key: (event, of) => {
        const act = noteKeys({ notes, answer, edit, toggle, setOver, go: app.router.go })[event.key];
        if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act(of);
      },
    };
  }, [notes]);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, [space.id]);

  const chosen = [...(selection.value?.values() ?? [])];
  const editLast = (): void => {
    const last = window.current?.shown.peek()?.rows.at(-1);
    if (last !== undefined) setEditing(last.id);
  };
  return (
    <main
      class={selection.value === null ? 'main' : 'main selecting'}
      onKeyDown={(event) => {
        if (event.key === 'Escape') selection.value = null;
      }}
    >
      <div class="top">
        <StreamHeader
          space={space}
          onOpenSpaces={onOpenSpaces}
          onEditSpace={onEditSpace}
          onCalendar={() => setOver({ kind: 'calendar' })}
        />
        <PinnedBar
          space={space.id}
          version={`${pinned} ${space.notes}`}
          onShow={(id) => window.current?.toNote(id)}
        />
      </div>
      <StreamList
        key={space.id}
        space={space}
        note={note}
        window={window}
        doings={doings}
        onPinned={setPinned}
        editing={editing}
        selection={selection.value}
      />
      <div class="bottom">
        {selection.value === null ? (
          <Composer
            key={space.id}
            space={space}
            answered={answered}
            onStopAnswering={() => setAnswered(null)}
            onSent={() => {
              if (window.current?.isAtNewest() === false) window.current.toNewest();
            }}
            onEditLast={editLast}
            box={box}
          />
        ) : (
          <SelectionBar
            chosen={chosen}
            notes={notes}
            onMove={() => setOver({ kind: 'move', notes: chosen })}
            onDone={() => {
              selection.value = null;
            }}
          />
        )}
      </div>
      {isDropping && <div class="drop-here">{said.dropHere}</div>}
      {over?.kind === 'menu' && (
        <NoteMenu
          note={over.note}
          at={over.at}
          notes={notes}
          stream={doings}
          onMove={(of) => setOver({ kind: 'move', notes: [of] })}
          onSetDate={(of) => setOver({ kind: 'date', note: of })}
          onClose={() => setOver((now) => (now === over ? null : now))}
        />
      )}
      {over?.kind === 'move' && (
        <MoveDialog
          from={space.id}
          onChoose={(to) => {
            void notes.move(over.notes, to);
            selection.value = null;
          }}
          onClose={() => setOver(null)}
        />
      )}
      {over?.kind === 'date' && (
        <DateDialog
          note={over.note}
          onChoose={(date) => void notes.setDate(over.note, date)}
          onClose={() => setOver(null)}
        />
      )}
      {over?.kind === 'calendar' && (
        <Calendar
          space={space.id}
          onChoose={(moment) => window.current?.toMoment(moment)}
          onClose={() => setOver(null)}
        />
      )}
    </main>
  );
}

interface KeyDependencies extends Pick<StreamDoings, 'answer' | 'edit' | 'toggle'> {
  readonly notes: ReturnType<typeof createNoteDoings>;
  readonly setOver: (over: Over) => void;
  readonly go: ReturnType<typeof useApp>['router']['go'];
}

/** What a key does while a note has the focus. */
function noteKeys(
  dependencies: KeyDependencies,
): Readonly<Record<string, ((note: NoteRow) => void) | undefined>> {
  const { notes, answer, edit, toggle, setOver, go } = dependencies;
  return {
    r: answer,
    e: edit,
    Enter: edit,
    c: (note) => void notes.copyMarkdown([note]),
    l: (note) => void notes.copyLink(note),
    p: (note) => void notes.pin([note], !note.pinned),
    m: (note) => setOver({ kind: 'move', notes: [note] }),
    d: (note) => setOver({ kind: 'date', note }),
    h: (note) => go({ at: 'history', note: note.id }),
    x: toggle,
    Delete: (note) => void notes.remove([note]),
    Backspace: (note) => void notes.remove([note]),
  };
}
