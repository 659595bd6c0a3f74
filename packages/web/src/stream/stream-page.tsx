import type { SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { Composer } from '../composer/composer.tsx';
import { later } from '../elements/later.tsx';
import { useDroppedFiles } from '../files/dropped-files.ts';
import { rowOnItsWay } from './note-on-its-way.ts';
import { PinnedBar } from './pinned-bar.tsx';
import { StreamHeader } from './stream-header.tsx';
import { StreamList } from './stream-list.tsx';
import { StreamOver } from './stream-over.tsx';
import { TagBar } from './tag-bar.tsx';
import type { StreamWindow } from './stream-window.ts';
import { useStream, type Stream } from './use-stream.ts';

const SelectionBar = later(async () => (await import('./selection-bar.tsx')).SelectionBar);

export interface StreamPageProps {
  readonly space: SpaceRow;
  /** The note that its address names. */
  readonly note: EntityId | null;
  /** Only notes with it are shown; `null`: all. */
  readonly tag: string | null;
  readonly onOpenSpaces: () => void;
  readonly onEditSpace: () => void;
}

/** A space: its notes, and the box that one writes in. */
export function StreamPage({ space, note, tag, onOpenSpaces, onEditSpace }: StreamPageProps): VNode {
  const app = useApp();
  const box = useRef<HTMLTextAreaElement>(null);
  const window = useRef<StreamWindow | null>(null);
  const stream = useStream(app, box);
  const [pinned, setPinned] = useState('');
  const { over, selection } = stream;
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) box.current?.focus();
  }, [space.id]);
  const isSelecting = selection !== null;
  useEffect(() => {
    // What was pressed in the bar for what is selected is gone with it.
    if (!isSelecting && document.activeElement === document.body) box.current?.focus();
  }, [isSelecting]);
  return (
    <main
      class={selection === null ? 'main' : 'main selecting'}
      onKeyDown={(event) => {
        if (event.key === 'Escape') stream.stopSelecting();
      }}
    >
      <div class="top">
        <StreamHeader
          space={space}
          onOpenSpaces={onOpenSpaces}
          onEditSpace={onEditSpace}
          onCalendar={() => stream.open({ kind: 'calendar' })}
        />
        {tag === null ? (
          <PinnedBar
            space={space.id}
            version={`${pinned} ${space.notes}`}
            onShow={(id) => window.current?.toNote(id)}
          />
        ) : (
          <TagBar space={space} tag={tag} />
        )}
      </div>
      <StreamList
        key={`${space.id} ${tag}`}
        space={space}
        note={note}
        tag={tag}
        window={window}
        doings={stream.doings}
        onPinned={setPinned}
        editing={stream.editing}
        selection={selection}
      />
      <StreamFoot space={space} tag={tag} stream={stream} box={box} window={window} />
      {over !== null && (
        <StreamOver
          over={over}
          space={space}
          notes={stream.notes}
          stream={stream.doings}
          onOpen={stream.open}
          onMoved={stream.stopSelecting}
          onChooseDay={(moment) => window.current?.toMoment(moment)}
          onClose={() => stream.close(over)}
        />
      )}
    </main>
  );
}

interface StreamFootProps {
  readonly space: SpaceRow;
  readonly tag: string | null;
  readonly stream: Stream;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly window: RefObject<StreamWindow | null>;
}

/** The box; while notes are being selected, what one can do with them. */
function StreamFoot({ space, tag, stream, box, window }: StreamFootProps): VNode {
  const { draftFiles, now, router, words } = useApp();
  const isDropping = useDroppedFiles((dropped) =>
    draftFiles.attach({ kind: 'space', id: space.id }, [...dropped.files]),
  );
  const { selection, notes } = stream;
  const chosen = [...(selection?.values() ?? [])];
  const editLast = (): void => {
    const last = window.current?.shown.peek()?.rows.at(-1);
    if (last !== undefined) stream.doings.edit(last);
  };
  return (
    <>
      <div class="bottom">
        {selection === null ? (
          <Composer
            key={space.id}
            space={space}
            answered={stream.answered}
            onStopAnswering={stream.stopAnswering}
            onSending={(note) => {
              // It may not have the tag.
              const shown = tag === null ? window.current : null;
              return shown?.expect(rowOnItsWay(note, now())) ?? (() => undefined);
            }}
            onSent={() => {
              // What was written is shown, whatever was being looked at.
              const place = router.place.peek();
              if (place.at === 'space' && place.space === space.id && place.tag !== undefined)
                router.go({ at: 'space', space: space.id, note: null });
              else if (window.current?.isAtNewest() === false) window.current.toNewest();
            }}
            onEditLast={editLast}
            box={box}
          />
        ) : (
          <SelectionBar
            chosen={chosen}
            notes={notes}
            onMove={() => stream.open({ kind: 'move', notes: chosen })}
            onDone={stream.stopSelecting}
          />
        )}
      </div>
      {isDropping && <div class="drop-here">{words.value.dropHere}</div>}
    </>
  );
}
