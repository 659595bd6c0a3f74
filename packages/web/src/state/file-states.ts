import type { FileState, Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

/** Where the files are that are shown: one question to the home for all of them. */
export interface FileStates {
  /** `null` until it is known. Kept up to date while somebody follows it. */
  of(file: EntityId): ReadonlySignal<FileState | null>;
  /** @returns ends it */
  follow(files: readonly EntityId[]): () => void;
}

interface Followed {
  readonly state: Signal<FileState | null>;
  followers: number;
}

export function createFileStates(
  live: Pick<Home['live'], 'files'>,
  onError: (error: unknown) => void,
): FileStates {
  /** Also those that were shown: they come back as they were last. */
  const followed = new Map<EntityId, Followed>();
  let stops: readonly (() => void)[] = [];
  let isAsking = false;

  const find = (file: EntityId): Followed => {
    const known = followed.get(file) ?? { state: signal(null), followers: 0 };
    followed.set(file, known);
    return known;
  };
  /** Until the new question is answered the one before is, so that nothing is missed in between. */
  const ask = (): void => {
    isAsking = false;
    const before = stops;
    const files = [...followed].filter(([, { followers }]) => followers > 0).map(([file]) => file);
    if (files.length === 0) return; // They were gone before they were asked for.
    const stopThis = live.files(
      files,
      (states) => {
        for (const stop of before) stop();
        stops = stops.filter((stop) => !before.includes(stop));
        for (const [file, state] of states) tell(file, state);
      },
      onError,
    );
    stops = [...stops, stopThis];
  };
  const tell = (file: EntityId, next: FileState): void => {
    const state = followed.get(file)?.state;
    // A state that says the same is drawn already.
    if (state !== undefined && JSON.stringify(state.peek()) !== JSON.stringify(next)) state.value = next;
  };
  const stopUnused = (): void => {
    if ([...followed.values()].some(({ followers }) => followers > 0)) return;
    for (const stop of stops) stop();
    stops = [];
  };
  return {
    of: (file) => find(file).state,
    follow: (files) => {
      for (const file of files) find(file).followers += 1;
      if (!isAsking && files.length > 0) {
        isAsking = true;
        queueMicrotask(ask); // A screen of notes comes at once.
      }
      return () => {
        for (const file of files) find(file).followers -= 1;
        stopUnused();
      };
    },
  };
}
