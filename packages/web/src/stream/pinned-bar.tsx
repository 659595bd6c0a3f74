import type { NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';

export interface PinnedBarProps {
  readonly space: EntityId;
  /** Changes when what is pinned may have. */
  readonly version: unknown;
  readonly onShow: (note: EntityId) => void;
}

/** One pinned note at a time; pressing it shows it in the stream, and the one before it here. */
export function PinnedBar({ space, version, onShow }: PinnedBarProps): VNode | null {
  const { home, words } = useApp();
  const [pinned, setPinned] = useState<readonly NoteRow[]>([]);
  const [at, setAt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void home.notes.pinned(space).then((rows) => {
      if (isCurrent) setPinned(rows.toReversed());
    });
    return () => {
      isCurrent = false;
    };
  }, [space, version]);
  const shown = pinned[at % Math.max(1, pinned.length)];
  if (shown === undefined) return null;
  const number = pinned.length - pinned.indexOf(shown);
  return (
    <div class="pinned-bar">
      <button
        type="button"
        onClick={() => {
          onShow(shown.id);
          setAt((at + 1) % pinned.length);
        }}
      >
        <span class="steps" aria-hidden="true">
          {pinned
            .slice(0, 5)
            .toReversed()
            .map((note) => (
              <i key={note.id} class={note === shown ? 'on' : ''} />
            ))}
        </span>
        <span class="text" dir="auto">
          {shown.title}
        </span>
      </button>
      <span class="count" role="img" aria-label={words.value.pinnedNotes(number, pinned.length)}>
        {number}/{pinned.length}
      </span>
    </div>
  );
}
