import type { LinkedWindow, NoteRow, StreamPlace } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal, type ReadonlySignal } from '@preact/signals';
import { nextPart } from './reveal-rows.ts';

/** What is drawn. */
export interface ShownWindow extends LinkedWindow {
  /** Notes that are being recorded: the home does not know them yet. */
  readonly onTheirWay: ReadonlySet<EntityId>;
  /** The newest notes of the stream are among the rows. */
  readonly hasNewest: boolean;
}

/** What is to be drawn in the end. */
export interface WindowToDraw {
  readonly window: LinkedWindow;
  /** Behind its rows, if they are the newest. */
  readonly onTheirWay: readonly NoteRow[];
  readonly place: StreamPlace;
}

/** A window that is drawn in parts, a few rows after each frame, so that none is late. */
export interface DrawnWindow {
  /** `null` until something is. */
  readonly shown: ReadonlySignal<ShownWindow | null>;
  isUnderWay(): boolean;
  draw(next: WindowToDraw): void;
  stop(): void;
}

export interface DrawnWindowDependencies {
  /** Called before anything on the screen changes. */
  readonly onBeforeChange: () => void;
  /** Calls back when what is there now has been painted. */
  readonly onPainted: (callBack: () => void) => void;
  /** Rows that fill the screen, however short they are. */
  readonly rowsOfScreen: number;
}

export function createDrawnWindow({
  onBeforeChange,
  onPainted,
  rowsOfScreen,
}: DrawnWindowDependencies): DrawnWindow {
  const shown = signal<ShownWindow | null>(null);
  let toDraw: WindowToDraw | null = null;
  let isUnderWay = false;
  const drawPart = (): void => {
    isUnderWay = false;
    if (toDraw === null) return;
    const { window, onTheirWay, place } = toDraw;
    const { rows } = window;
    const ids = rows.map(({ id }) => id);
    const drawn = new Set(shown.peek()?.rows.map(({ id }) => id));
    const part = nextPart(drawn, ids, anchorOf(place, ids), rowsOfScreen);
    const hasNewest = window.after === null && part[1] === rows.length;
    const last = hasNewest ? onTheirWay : [];
    onBeforeChange();
    shown.value = {
      ...window,
      rows: [...rows.slice(...part), ...last],
      onTheirWay: new Set(last.map(({ id }) => id)),
      hasNewest,
    };
    isUnderWay = part[0] > 0 || part[1] < rows.length;
    if (isUnderWay) onPainted(drawPart);
  };
  return {
    shown,
    isUnderWay: () => isUnderWay,
    draw: (next) => {
      toDraw = next;
      if (!isUnderWay) drawPart();
    },
    stop: () => {
      toDraw = null;
    },
  };
}

/** Where to begin to draw. */
function anchorOf(place: StreamPlace, ids: readonly string[]): number {
  if (place === 'newest') return ids.length;
  return typeof place === 'object' && 'around' in place ? Math.max(0, ids.indexOf(place.around)) : 0;
}
