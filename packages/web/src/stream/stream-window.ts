import type { Home, LinkedWindow, NoteRow, StreamPlace } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal, type ReadonlySignal } from '@preact/signals';
import { keepSame } from './keep-same.ts';
import { nextPart } from './reveal-rows.ts';

/** The part of a space's stream that is on the screen and around it, kept up to date. */
export interface StreamWindow {
  /** `null` until it is known. */
  readonly shown: ReadonlySignal<LinkedWindow | null>;
  /** What is written next will be seen at the end. */
  isAtNewest(): boolean;
  /**
   * Shows a note at the end that is being recorded, until the home tells of it.
   *
   * @returns takes it back, when it can't be recorded
   */
  expect(note: NoteRow): () => void;
  toNewest(): void;
  toNote(note: EntityId): void;
  toMoment(moment: number): void;
  older(): void;
  newer(): void;
  stop(): void;
}

export interface StreamWindowDependencies {
  readonly home: Pick<Home, 'live'>;
  readonly space: EntityId;
  /** Of the notes that have it alone; `null`: of all. */
  readonly tag: string | null;
  readonly onError: (error: unknown) => void;
  /** Called before anything on the screen changes. */
  readonly onBeforeChange: () => void;
  /** Calls back when what is there now has been painted. */
  readonly onPainted: (callBack: () => void) => void;
}

const rowsAtFirst = 45;
/** More would make each change slow; a screen shows some thirty. */
const rowsMax = 90;
/** Of each note. What is longer is shown when it is asked for. */
const charactersShown = 6_000;

export function createStreamWindow(
  { home, space, tag, onError, onBeforeChange, onPainted }: StreamWindowDependencies,
  start: StreamPlace,
): StreamWindow {
  const shown = signal<LinkedWindow | null>(null);
  let loaded: LinkedWindow | null = null;
  let place: StreamPlace = start;
  let limit = rowsAtFirst;
  let stop = (): void => undefined;
  let isDrawing = false;
  /** Behind what is loaded. */
  let expected: readonly NoteRow[] = [];

  /** Draws more of what is loaded after each frame, so that none is late, until all of it is drawn. */
  const draw = (): void => {
    isDrawing = false;
    if (loaded === null) return;
    const { rows } = loaded;
    const ids = rows.map(({ id }) => id);
    const part = nextPart(new Set(shown.peek()?.rows.map(({ id }) => id)), ids, anchorOf(place, ids));
    onBeforeChange();
    const isAtEnd = loaded.after === null && part[1] === rows.length;
    shown.value = { ...loaded, rows: [...rows.slice(...part), ...(isAtEnd ? expected : [])] };
    isDrawing = part[0] > 0 || part[1] < rows.length;
    if (isDrawing) onPainted(draw);
  };
  const expectOnly = (notes: readonly NoteRow[]): void => {
    expected = notes;
    if (!isDrawing) draw();
  };
  const follow = (nextPlace: StreamPlace, nextLimit: number): void => {
    stop();
    expected = [];
    place = nextPlace;
    limit = nextLimit;
    stop = home.live.notes(
      { space, place, limit, beginning: charactersShown, ...(tag !== null && { tag }) },
      (window) => {
        loaded = { ...window, rows: keepSame(loaded?.rows ?? [], window.rows) };
        const told = new Set(window.rows.map(({ id }) => id));
        expectOnly(expected.filter(({ id }) => !told.has(id)));
      },
      onError,
    );
  };
  const around = (row: NoteRow | undefined): void => {
    if (row !== undefined && !isAround(place, row.id)) follow({ around: row.id }, rowsMax);
  };
  follow(place, limit);
  return {
    shown,
    isAtNewest: () => shown.peek()?.after === null,
    expect: (note) => {
      expectOnly([...expected, note]);
      return () => expectOnly(expected.filter(({ id }) => id !== note.id));
    },
    toNewest: () => follow('newest', rowsAtFirst),
    toNote: (note) => follow({ around: note }, rowsAtFirst * 2),
    toMoment: (moment) => follow({ from: moment }, rowsAtFirst),
    older: () => {
      if (isDrawing || loaded === null || loaded.before === null) return;
      if (place === 'newest' && limit < rowsMax) follow(place, limit + rowsAtFirst);
      else around(loaded.rows[0]);
    },
    newer: () => {
      if (!isDrawing && loaded !== null && loaded.after !== null) around(loaded.rows.at(-1));
    },
    stop: () => {
      stop();
      loaded = null;
    },
  };
}

/** Where to begin to draw. */
function anchorOf(place: StreamPlace, ids: readonly string[]): number {
  if (place === 'newest') return ids.length;
  return typeof place === 'object' && 'around' in place ? Math.max(0, ids.indexOf(place.around)) : 0;
}

function isAround(place: StreamPlace, id: EntityId): boolean {
  return typeof place === 'object' && 'around' in place && place.around === id;
}
