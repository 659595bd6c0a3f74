import type { AccountState, LinkedWindow, SpaceRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { Draft } from '../drafts/unsaved-drafts.ts';

/** What was on the screen when it was last left: shown while the home is being opened, until it tells what is there now. */
export interface Screen {
  readonly account: AccountState;
  readonly spaces: readonly SpaceRow[];
  readonly stream: LastStream | null;
  readonly drafts: readonly Draft[];
}

/** The newest notes of a space, as they were when it was left. */
export interface LastStream {
  readonly space: EntityId;
  readonly window: LinkedWindow;
}

export interface LastScreen {
  /** As this page found it. */
  readonly screen: Screen | null;
  /** What the stream of a space begins with, once: as this page left it, or the one before. `null` if none did. */
  takeStream(space: EntityId): LinkedWindow | null;
  /** The stream that is shown from now on. @returns what to call when it is left */
  follow(read: () => LastStream | null): () => void;
  /** To be called when the page is left. */
  keep(screen: Omit<Screen, 'stream'>): void;
  /** Nobody is signed in: all of it goes with the notes. */
  forget(): void;
}

const key = 'dataans last screen';
/** A screen full. What is above comes with the home. */
const rowsMax = 30;
/** Of JSON. A screen that is larger is not kept: the browser has little room for it, and little time. */
const charactersMax = 300_000;

/** @param version of the program: another one may show other things */
export function createLastScreen(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  version: number,
): LastScreen {
  const screen = read(storage, version);
  let left = new Map<EntityId, LinkedWindow>();
  let readStream = readNone;
  if (screen?.stream) left.set(screen.stream.space, screen.stream.window);
  return {
    screen,
    takeStream: (space) => {
      const window = left.get(space) ?? null;
      left.delete(space); // It is older than what is shown from now on.
      return window;
    },
    follow: (readShown) => {
      const reading = (): LastStream | null => endOf(readShown());
      readStream = reading;
      const leftNow = left; // Not what is there once that was forgotten.
      // The next one may be followed already.
      return () => {
        const stream = reading();
        if (stream !== null) leftNow.set(stream.space, stream.window);
        if (readStream === reading) readStream = readNone;
      };
    },
    keep: (rest) => {
      const json = JSON.stringify({ version, ...rest, stream: packStream(readStream()) });
      try {
        if (json.length > charactersMax) storage.removeItem(key);
        else storage.setItem(key, json);
      } catch {
        storage.removeItem(key); // No room: the next page waits for the home.
      }
    },
    forget: () => {
      readStream = readNone;
      left = new Map();
      storage.removeItem(key);
    },
  };
}

function readNone(): LastStream | null {
  return null;
}

function endOf(stream: LastStream | null): LastStream | null {
  if (stream === null) return null;
  const { space, window } = stream;
  return { space, window: { ...window, rows: window.rows.slice(-rowsMax) } };
}

type PackedStream = ReturnType<typeof packStream>;

/** A map is no JSON. */
function packStream(stream: LastStream | null) {
  if (stream === null) return null;
  const { space, window } = stream;
  return { space, window: { ...window, linkedFrom: [...window.linkedFrom] } };
}

function unpackStream(stream: PackedStream): LastStream | null {
  if (stream === null) return null;
  return { ...stream, window: { ...stream.window, linkedFrom: new Map(stream.window.linkedFrom) } };
}

function read(storage: Pick<Storage, 'getItem'>, version: number): Screen | null {
  try {
    // Written above, if it is of this version.
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as
      (Omit<Screen, 'stream'> & { readonly version: number; readonly stream: PackedStream }) | null;
    if (kept?.version !== version) return null;
    const { account, spaces, drafts } = kept;
    return { account, spaces, drafts, stream: unpackStream(kept.stream) };
  } catch {
    return null;
  }
}
