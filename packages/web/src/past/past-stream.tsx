import type { NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { Button } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { Link } from '../elements/link.tsx';
import { NoteFiles } from '../files/note-files.tsx';
import { Pencil, Trash2, Undo2 } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { DatedSection } from '../stream/dated-section.tsx';
import { groupNotes } from '../stream/group-notes.ts';
import { Prose } from '../stream/prose.tsx';
import type { PastNotes } from './use-past.ts';

export interface PastStreamProps {
  /** `null`: not known yet. */
  readonly notes: PastNotes | null;
  /** `null`: notes aren't being chosen. */
  readonly chosen: ReadonlySet<EntityId> | null;
  readonly onToggle: (note: EntityId) => void;
  readonly onMore: () => void;
  readonly onBringBack: (note: EntityId) => void;
}

/** The notes by day, as they were, with what became of them. */
export function PastStream({ notes, chosen, onToggle, onMore, onBringBack }: PastStreamProps): VNode {
  const { formats, words } = useApp();
  const days = useMemo(() => groupNotes(notes?.rows ?? [], formats.value.day, null), [notes]);
  return (
    <div class="column">
      {notes !== null && notes.before !== null && <Button words={words.value.loadMore} onPress={onMore} />}
      {days.map((day) => (
        <DatedSection key={day.day} dated={day}>
          {({ note: row, follows }) => (
            <PastNote
              key={row.id}
              note={row}
              follows={follows}
              since={notes?.since.get(row.id) ?? null}
              isChosen={chosen === null ? null : chosen.has(row.id)}
              onToggle={() => onToggle(row.id)}
              onBringBack={() => onBringBack(row.id)}
            />
          )}
        </DatedSection>
      ))}
    </div>
  );
}

interface PastNoteProps {
  readonly note: NoteRow;
  /** Written soon after the one above. */
  readonly follows: boolean;
  /** `null`: it is as it was. */
  readonly since: 'changed' | 'deleted' | null;
  /** `null`: notes aren't being chosen. */
  readonly isChosen: boolean | null;
  readonly onToggle: () => void;
  readonly onBringBack: () => void;
}

function PastNote({ note, follows, since, isChosen, onToggle, onBringBack }: PastNoteProps): VNode {
  const { formats, words } = useApp();
  const said = words.value;
  const time = formats.value.time(note.moment);
  return (
    <article
      class={['note', follows && 'follows', isChosen === true && 'selected'].filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-label={`${time} ${note.title}`}
    >
      <div class="about">
        {isChosen === null ? (
          <span class="time">
            <time>{time}</time>
          </span>
        ) : (
          <input
            class="check round"
            type="checkbox"
            checked={isChosen}
            aria-label={`${said.select}: ${note.title || time}`}
            onChange={onToggle}
          />
        )}
      </div>
      <div class="content">
        {note.beginning !== '' && <Prose text={note.beginning} isFile={note.name !== ''} />}
        {note.files.length > 0 && <NoteFiles files={note.files} awaited={0} />}
        {since !== null && isChosen === null && (
          <div class="back">
            <span class={`since ${since === 'deleted' ? 'gone' : 'changed'}`}>
              <Icon of={since === 'deleted' ? Trash2 : Pencil} size="tiny" />
              {since === 'deleted' ? said.deletedSince : said.changedSince}
            </span>
            {since === 'changed' && (
              <Link to={{ at: 'history', note: note.id }} class="button small">
                {said.seeDifference}
              </Link>
            )}
            <Button class="small" icon={Undo2} words={said.bringThisBack} onPress={onBringBack} />
          </div>
        )}
      </div>
    </article>
  );
}
