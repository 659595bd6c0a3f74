import type { Home, LinkedWindow, NoteRow, StreamPlace } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal, type ReadonlySignal } from '@preact/signals';
import { createDrawnWindow, type DrawnWindowDependencies, type ShownWindow } from './drawn-window.ts';
import { keepSame } from './keep-same.ts';
import { charactersShown } from './note-on-its-way.ts';

/** The part of a space's stream that is on the screen and around it, kept up to date. */
export interface StreamWindow {
  /** `null` until it is known. */
  readonly shown: ReadonlySignal<ShownWindow | null>;
  /** The home has told what is there. Until then it is as on the last screen. */
  readonly isTold: ReadonlySignal<boolean>;
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

export interface StreamWindowDependencies extends DrawnWindowDependencies {
  readonly home: Pick<Home, 'live'>;
  readonly space: EntityId;
  /** Of the notes that have it alone; `null`: of all. */
  readonly tag: string | null;
  /** Of the newest notes, to be shown until the home tells of them; `null`: not known. */
  readonly lastShown: LinkedWindow | null;
  readonly onError: (error: unknown) => void;
}

const rowsAtFirst = 45;
/** More would make each change slow; a screen shows some thirty. */
const rowsMax = 90;

export function createStreamWindow(
  { home, space, tag, lastShown, onError, ...drawing }: StreamWindowDependencies,
  start: StreamPlace,
): StreamWindow {
  const drawn = createDrawnWindow(drawing);
  const isTold = signal(false);
  let loaded = start === 'newest' ? lastShown : null;
  let place: StreamPlace = start;
  let limit = rowsAtFirst;
  let stop = (): void => undefined;
  let onTheirWay: readonly NoteRow[] = [];

  const expectOnly = (notes: readonly NoteRow[]): void => {
    onTheirWay = notes;
    if (loaded !== null) drawn.draw({ window: loaded, onTheirWay, place });
  };
  const follow = (nextPlace: StreamPlace, nextLimit: number): void => {
    stop();
    onTheirWay = [];
    place = nextPlace;
    limit = nextLimit;
    stop = home.live.notes(
      { space, place, limit, beginning: charactersShown, ...(tag !== null && { tag }) },
      (window) => {
        loaded = { ...window, rows: keepSame(loaded?.rows ?? [], window.rows) };
        const told = new Set(window.rows.map(({ id }) => id));
        expectOnly(onTheirWay.filter(({ id }) => !told.has(id)));
        isTold.value = true;
      },
      onError,
    );
  };
  const around = (row: NoteRow | undefined): void => {
    if (row !== undefined && !isAround(place, row.id)) follow({ around: row.id }, rowsMax);
  };
  expectOnly([]);
  follow(place, limit);
  return {
    shown: drawn.shown,
    isTold,
    isAtNewest: () => drawn.shown.peek()?.after === null,
    expect: (note) => {
      expectOnly([...onTheirWay, note]);
      return () => expectOnly(onTheirWay.filter(({ id }) => id !== note.id));
    },
    toNewest: () => follow('newest', rowsAtFirst),
    toNote: (note) => follow({ around: note }, rowsAtFirst * 2),
    toMoment: (moment) => follow({ from: moment }, rowsAtFirst),
    older: () => {
      if (drawn.isUnderWay() || loaded === null || loaded.before === null) return;
      if (place === 'newest' && limit < rowsMax) follow(place, limit + rowsAtFirst);
      else around(loaded.rows[0]);
    },
    newer: () => {
      if (!drawn.isUnderWay() && loaded !== null && loaded.after !== null) around(loaded.rows.at(-1));
    },
    stop: () => {
      stop();
      drawn.stop();
    },
  };
}

function isAround(place: StreamPlace, id: EntityId): boolean {
  return typeof place === 'object' && 'around' in place && place.around === id;
}
