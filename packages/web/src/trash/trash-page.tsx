import type { NoteRow, TrashPage as TrashedNotes } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { PageHeader } from '../elements/page-header.tsx';
import { History, Trash2, Undo2 } from '../icons/icons.ts';
import { hueOf } from '../spaces/space-look.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** Deleted notes, the newest deletion first, each a press away from being back. */
export function TrashPage({ onOpenSpaces }: { readonly onOpenSpaces: () => void }): VNode {
  const { home, notices, router, words } = useApp();
  const said = words.value;
  const [page, setPage] = useState<TrashedNotes | null>(null);
  const tell = (error: unknown): void => notices.show(tellError(error, said));
  useEffect(() => void home.notes.trash().then(setPage).catch(tell), []);

  const more = async (): Promise<void> => {
    if (page === null || page.before === null) return;
    const next = await home.notes.trash({ before: page.before });
    setPage({ rows: [...page.rows, ...next.rows], before: next.before });
  };
  const restore = async (note: NoteRow): Promise<void> => {
    await home.history.restore({ what: 'notes', ids: [note.id] });
    setPage((now) => now && { ...now, rows: now.rows.filter(({ id }) => id !== note.id) });
    notices.show(said.noteRestored);
  };
  return (
    <main class="main">
      <div class="top">
        <PageHeader title={said.trash} onOpenSpaces={onOpenSpaces}>
          <IconButton
            icon={History}
            words={said.earlierDays}
            onPress={() => router.go({ at: 'past', space: null, day: null })}
          />
        </PageHeader>
      </div>
      <div class="scroller" tabIndex={-1}>
        {page?.rows.length === 0 && (
          <div class="empty">
            <Icon of={Trash2} />
            <h2>{said.trashEmpty}</h2>
            <p>{said.trashEmptyLead}</p>
          </div>
        )}
        {page !== null && page.rows.length > 0 && (
          <div class="page">
            <p class="lead">{said.trashLead}</p>
            <ul class="rows" aria-label={said.notesRegion}>
              {page.rows.map((note) => (
                <Trashed key={note.id} note={note} onRestore={() => void restore(note).catch(tell)} />
              ))}
            </ul>
            {page.before !== null && <Button words={said.loadMore} onPress={() => void more().catch(tell)} />}
          </div>
        )}
      </div>
    </main>
  );
}

interface TrashedProps {
  readonly note: NoteRow;
  readonly onRestore: () => void;
}

function Trashed({ note, onRestore }: TrashedProps): VNode {
  const { formats, now, state, words } = useApp();
  const space = state.spaces.value?.find(({ id }) => id === note.space);
  return (
    <li class="trashed">
      <div>
        <div class="text" dir="auto">
          {note.beginning === '' ? (note.files[0]?.name ?? note.title) : note.beginning}
        </div>
        <div class={`where ${space === undefined ? '' : `hue-${hueOf(space)}`}`}>
          {space !== undefined && (
            <>
              <span dir="auto">{space.name}</span>
              <span>·</span>
            </>
          )}
          <span>{formats.value.short(note.editedAt, now())}</span>
        </div>
      </div>
      <div class="do">
        <Button class="small" icon={Undo2} words={words.value.restore} onPress={onRestore} />
      </div>
    </li>
  );
}
