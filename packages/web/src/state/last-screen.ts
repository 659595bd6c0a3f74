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

/** The newest notes of a space. */
export interface LastStream {
  readonly space: EntityId;
  readonly window: LinkedWindow;
}

export interface LastScreen {
  /** As this page found it. */
  readonly screen: Screen | null;
  /** The stream that this page begins with, once; `null` if it begins with another one. */
  takeStream(space: EntityId): LinkedWindow | null;
  /** The stream that is shown from now on. @returns what to call when it is shown no more */
  follow(read: () => LastStream | null): () => void;
  /** To be called when the page is left. */
  keep(screen: Omit<Screen, 'stream'>): void;
  /** Nobody is signed in: it goes with the notes. */
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
  let isTaken = false;
  let readStream: () => LastStream | null = () => null;
  return {
    screen,
    takeStream: (space) => {
      const stream = isTaken ? null : (screen?.stream ?? null);
      isTaken = true;
      return stream?.space === space ? stream.window : null;
    },
    follow: (reading) => {
      readStream = reading;
      return () => {
        if (readStream === reading) readStream = () => null;
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
    forget: () => storage.removeItem(key),
  };
}

type PackedStream = ReturnType<typeof packStream>;

/** A map is no JSON. */
function packStream(stream: LastStream | null) {
  if (stream === null) return null;
  const { space, window } = stream;
  const rows = window.rows.slice(-rowsMax);
  return { space, window: { ...window, rows, linkedFrom: [...window.linkedFrom] } };
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
