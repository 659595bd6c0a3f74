import type { NoteRow, SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { effect } from '@preact/signals';
import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ArrowDown, Hash } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { Icon } from '../elements/icon.tsx';
import { glyphOf, hueOf } from '../spaces/space-look.ts';
import { useKeepFocus } from './keep-focus.ts';
import { createKeptPlace, type KeptPlace } from './keep-place.ts';
import { NoteItem } from './note-item.tsx';
import { useNear } from './use-near.ts';
import { DatedSection } from './dated-section.tsx';
import type { ShownWindow } from './drawn-window.ts';
import { groupNotes } from './group-notes.ts';
import { createStreamWindow, type StreamWindow } from './stream-window.ts';
import type { StreamDoings } from './stream-doings.ts';

export interface StreamListProps {
  readonly space: SpaceRow;
  readonly note: EntityId | null;
  /** Only notes with it are shown; `null`: all. */
  readonly tag: string | null;
  /** Given the window while it is shown. */
  readonly window: RefObject<StreamWindow | null>;
  readonly doings: StreamDoings;
  /** Told which notes are pinned, as far as they are loaded. */
  readonly onPinned: (ids: string) => void;
  readonly editing: EntityId | null;
  readonly selection: ReadonlyMap<EntityId, NoteRow> | null;
}

/** What a note of one line takes, and what is above and below the list. */
const rowPxMin = 34;
const besidePxMin = 120;
/** Nearer to an end of what is loaded than this, more is loaded. */
const nearPx = 900;

/** The notes by day; it keeps its place whatever comes above or below. */
export function StreamList(props: StreamListProps): VNode {
  const { space, note, tag, window: given, doings, onPinned, editing, selection } = props;
  const { formats, state, words } = useApp();
  const said = words.value;
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<KeptPlace | null>(null);
  const window = useStreamWindow({ space, note, tag }, place);
  given.current = window;
  const shown = window.shown.value;
  const rows = shown?.rows ?? [];
  const isTold = window.isTold.value && state.isTold.value;
  const hasNewest = isTold && tag === null && shown?.hasNewest === true;
  const firstUnread = useFirstUnread(shown, hasNewest ? space.unread : null);
  const days = useMemo(() => groupNotes(rows, formats.value.day, firstUnread), [rows, firstUnread]);

  usePinned(rows, onPinned);
  useLayoutEffect(() => {
    if (scroller.current !== null) place.current = createKeptPlace(scroller.current, '.note');
  }, []);
  useLayoutEffect(() => place.current?.restore(), [rows, editing]);
  useKeepFocus(scroller, rows);
  useStayAtEnd(scroller, place);
  useMarkRead(space, rows, hasNewest);
  useKeepForNextTime(space, window, tag);
  useShowNote(window, note, scroller);
  const { isAway, follow } = useScrolled(window);
  const { isNear, ...near } = useNear();

  return (
    <div class="stream">
      <div
        ref={scroller}
        class="scroller from-bottom"
        role="region"
        aria-label={said.notesRegion}
        aria-busy={!isTold}
        tabIndex={0}
        {...near}
        onScroll={(event) => follow(event.currentTarget)}
        onKeyDown={(event) => walk(event, scroller.current)}
      >
        {shown !== null && rows.length === 0 && <EmptySpace space={space} tag={tag} />}
        <div class="column">
          {days.map((day) => (
            <DatedSection key={day.day} dated={day}>
              {({ note: row, follows }) => (
                <NoteItem
                  key={row.id}
                  note={row}
                  follows={follows}
                  doings={doings}
                  isNear={isNear(row.id)}
                  isEditing={editing === row.id}
                  isFound={note === row.id}
                  isNewest={rows.at(-1)?.id === row.id}
                  isOnItsWay={shown?.onTheirWay.has(row.id) === true}
                  linkedFrom={shown?.linkedFrom.get(row.id) ?? 0}
                  selected={selection === null ? null : selection.has(row.id)}
                />
              )}
            </DatedSection>
          ))}
        </div>
      </div>
      {isAway && (
        <ToNewest onPress={() => (window.isAtNewest() ? place.current?.toEnd() : window.toNewest())} />
      )}
    </div>
  );
}

function ToNewest({ onPress }: { readonly onPress: () => void }): VNode {
  return (
    <button type="button" class="to-newest" onClick={onPress}>
      <Icon of={ArrowDown} size="small" />
      {useApp().words.value.toNewest}
    </button>
  );
}

function EmptySpace({ space, tag }: Pick<StreamListProps, 'space' | 'tag'>): VNode {
  const said = useApp().words.value;
  if (tag !== null)
    return (
      <div class="empty">
        <Icon of={Hash} />
        <h2>{said.nothingTagged(tag)}</h2>
      </div>
    );
  return (
    <div class={`empty hue-${hueOf(space)}`}>
      <Icon of={glyphOf(space)} />
      <h2>{said.emptySpace}</h2>
      <p>{said.emptySpaceLead}</p>
    </div>
  );
}

/** As long as the stream of the space is shown. */
function useStreamWindow(
  { space, note, tag }: Pick<StreamListProps, 'space' | 'note' | 'tag'>,
  place: RefObject<KeptPlace | null>,
): StreamWindow {
  const { home, lastScreen, notices, words } = useApp();
  const window = useMemo(
    () =>
      createStreamWindow(
        {
          home,
          space: space.id,
          tag,
          lastShown: tag === null ? lastScreen.takeStream(space.id) : null,
          onError: (error) => notices.show(tellError(error, words.peek())),
          onBeforeChange: () => place.current?.measure(),
          // A callback of the next frame runs before it is painted: what is drawn already is to be seen first.
          onPainted: (callBack) => requestAnimationFrame(() => requestAnimationFrame(callBack)),
          rowsOfScreen: Math.max(1, Math.ceil((innerHeight - besidePxMin) / rowPxMin)),
        },
        note === null ? 'newest' : { around: note },
      ),
    [space.id],
  );
  useEffect(() => () => window.stop(), [window]);
  return window;
}

/** Loads more near an end of what is loaded, and says whether the newest note is far. */
function useScrolled(window: StreamWindow): {
  readonly isAway: boolean;
  readonly follow: (list: HTMLElement) => void;
} {
  const [isAway, setAway] = useState(false);
  const follow = (list: HTMLElement): void => {
    const below = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (list.scrollTop < nearPx) window.older();
    if (below < nearPx) window.newer();
    setAway(below > list.clientHeight || !window.isAtNewest());
  };
  return { isAway, follow };
}

function usePinned(rows: readonly NoteRow[], onPinned: (ids: string) => void): void {
  const pinned = rows
    .filter((row) => row.pinned)
    .map(({ id }) => id)
    .join();
  useEffect(() => onPinned(pinned), [pinned]);
}

/**
 * The note above which "new" stands: as many from the end as were unread when that was first known.
 *
 * @param unread `null` while that is not known, or others are shown than the newest
 */
function useFirstUnread(shown: ShownWindow | null, unread: number | null): string | null {
  const atFirst = useRef<number | null>(null);
  const first = useRef<string | null>(null);
  atFirst.current ??= unread;
  if (shown !== null && unread !== null && (atFirst.current ?? 0) > 0) {
    const told = shown.rows.length - shown.onTheirWay.size;
    first.current ??= shown.rows[told - (atFirst.current ?? 0)]?.id ?? null;
  }
  return first.current;
}

/** The next page begins with what is seen here. */
function useKeepForNextTime({ id }: SpaceRow, window: StreamWindow, tag: string | null): void {
  const { lastScreen } = useApp();
  useEffect(() => {
    if (tag !== null) return undefined;
    return lastScreen.follow(() => {
      const shown = window.shown.peek();
      return shown?.after === null ? { space: id, window: shown } : null;
    });
  }, [id, window, tag]);
}

/** When the box grows, or a picture comes, who reads the end goes on reading the end. */
function useStayAtEnd(scroller: RefObject<HTMLDivElement | null>, place: RefObject<KeptPlace | null>): void {
  useEffect(() => {
    const list = scroller.current;
    if (list === null) return undefined;
    let wasAtEnd = true;
    const note = (): void => {
      wasAtEnd = place.current?.isAtEnd() ?? true;
    };
    const observer = new ResizeObserver(() => {
      if (wasAtEnd) place.current?.toEnd();
    });
    list.addEventListener('scroll', note, { passive: true });
    observer.observe(list);
    for (const child of list.children) observer.observe(child);
    return () => {
      list.removeEventListener('scroll', note);
      observer.disconnect();
    };
  }, []);
}

/** What is on the screen counts as seen, while somebody can see it. */
function useMarkRead(space: SpaceRow, rows: readonly NoteRow[], hasNewest: boolean): void {
  const { home } = useApp();
  const last = rows.at(-1)?.moment;
  useEffect(() => {
    const mark = (): void => {
      if (space.unread > 0 && last !== undefined && hasNewest && document.visibilityState === 'visible')
        void home.spaces.markRead(space.id, last);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [space.unread, last, hasNewest]);
}

/** A link to a note shows it, in the middle. */
function useShowNote(
  window: StreamWindow,
  note: EntityId | null,
  scroller: RefObject<HTMLDivElement | null>,
): void {
  const shownNote = useRef<EntityId | null>(null);
  useEffect(() => {
    if (note === null) {
      shownNote.current = null;
      return undefined;
    }
    if (window.shown.peek()?.rows.some(({ id }) => id === note) === false) window.toNote(note);
    return effect(() => {
      const isThere = window.shown.value?.rows.some(({ id }) => id === note) === true;
      if (!isThere || shownNote.current === note) return;
      shownNote.current = note;
      requestAnimationFrame(() => {
        const found = scroller.current?.querySelector<HTMLElement>(`[data-id="${note}"]`);
        found?.scrollIntoView({ block: 'center' });
        found?.focus({ preventScroll: true });
      });
    });
  }, [window, note]);
}

/** Arrows go from note to note while one of them, or the list, has the focus. */
function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  if (list === null || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const from = event.target;
  if (!(from instanceof HTMLElement) || (from !== list && !from.matches('.note'))) return;
  const all = [...list.querySelectorAll<HTMLElement>('.note')];
  const at = all.findIndex((row) => row === from);
  const next = at === -1 ? all.at(-1) : all[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
