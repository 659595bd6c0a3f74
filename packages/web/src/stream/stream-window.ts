import type { Home, LinkedWindow, NoteRow, StreamPlace } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal, type ReadonlySignal } from '@preact/signals';
import { keepSame } from './keep-same.ts';

/** The part of a space's stream that is on the screen and around it, kept up to date. */
export interface StreamWindow {
  /** `null` until it is known. */
  readonly shown: ReadonlySignal<LinkedWindow | null>;
  /** What is written next will be seen at the end. */
  isAtNewest(): boolean;
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
}

const rowsAtFirst = 60;
/** More would make each change slow; a screen shows some twenty. */
const rowsMax = 180;
/** Of each note. What is longer is shown when it is asked for. */
const charactersShown = 6_000;

export function createStreamWindow(
  { home, space, tag, onError, onBeforeChange }: StreamWindowDependencies,
  start: StreamPlace,
): StreamWindow {
  const shown = signal<LinkedWindow | null>(null);
  let place: StreamPlace = start;
  let limit = rowsAtFirst;
  let stop = (): void => undefined;

  const follow = (nextPlace: StreamPlace, nextLimit: number): void => {
    stop();
    place = nextPlace;
    limit = nextLimit;
    stop = home.live.notes(
      { space, place, limit, beginning: charactersShown, ...(tag !== null && { tag }) },
      (window) => {
        onBeforeChange();
        shown.value = { ...window, rows: keepSame(shown.peek()?.rows ?? [], window.rows) };
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
    toNewest: () => follow('newest', rowsAtFirst),
    toNote: (note) => follow({ around: note }, rowsAtFirst * 2),
    toMoment: (moment) => follow({ from: moment }, rowsAtFirst),
    older: () => {
      const { before, rows } = shown.peek() ?? { before: null, rows: [] };
      if (before === null) return;
      if (place === 'newest' && limit < rowsMax) follow(place, limit + rowsAtFirst);
      else around(rows[0]);
    },
    newer: () => {
      const { after, rows } = shown.peek() ?? { after: null, rows: [] };
      if (after !== null) around(rows.at(-1));
    },
    stop: () => stop(),
  };
}

function isAround(place: StreamPlace, id: EntityId): boolean {
  return typeof place === 'object' && 'around' in place && place.around === id;
}
