import type { DraftPlace, FileRow, Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { signal } from '@preact/signals';

/** A file that will go with the next note. */
export interface DraftFile extends FileRow {
  /** How many of its bytes the draft has; `null` once it has them all. */
  readonly doneBytes: number | null;
}

/** Files of drafts: the home keeps them, so that they survive a reload, a crash and an update. */
export interface DraftFiles {
  of(place: DraftPlace): readonly DraftFile[];
  /** Takes over what the home tells of a draft. */
  follow(place: DraftPlace, kept: readonly FileRow[]): void;
  attach(place: DraftPlace, files: readonly File[]): void;
  /** Frees what was kept of it. */
  remove(place: DraftPlace, id: EntityId): void;
  /** Waits for what is on its way into the draft. @returns whether all of it came there that was not taken off */
  settle(place: DraftPlace): Promise<boolean>;
  /** Nothing of it is in this window any more. */
  forget(): void;
}

export interface DraftFilesDependencies {
  readonly drafts: Pick<Home['drafts'], 'attach' | 'detach'>;
  readonly randomId: () => string;
  /** @param name of the file that could not be attached; `null` if something else failed */
  readonly onError: (error: unknown, name: string | null) => void;
}

interface Attaching {
  readonly place: string;
  readonly file: DraftFile;
  readonly leaving: AbortController;
  readonly isDone: Promise<boolean>;
}

export function createDraftFiles({ drafts, randomId, onError }: DraftFilesDependencies): DraftFiles {
  const kept = createKept();
  const attaching = signal<readonly Attaching[]>([]);
  /** One after the other: so they stay in the order in which they were chosen. */
  let last: Promise<unknown> = Promise.resolve();

  const tell = (id: EntityId, doneBytes: number): void => {
    attaching.value = attaching.value.map((one) => (one.file.id === id ? withDone(one, doneBytes) : one));
  };
  const attachOne = async (place: DraftPlace, id: EntityId, content: File, leaving: AbortSignal) => {
    const { name } = content;
    try {
      const onProgress = ({ doneBytes }: { readonly doneBytes: number }): void => tell(id, doneBytes);
      const row = await drafts.attach(place, { id, name, content }, { signal: leaving, onProgress });
      kept.put(place, [...kept.without(place, id), row]);
      return true;
    } catch (error) {
      if (!leaving.aborted) onError(error, name);
      return leaving.aborted;
    } finally {
      attaching.value = attaching.value.filter(({ file }) => file.id !== id);
    }
  };
  const begin = (place: DraftPlace, content: File): void => {
    // A random id is one of those.
    const id = randomId() as EntityId;
    const leaving = new AbortController();
    const isDone = last.then(() => attachOne(place, id, content, leaving.signal));
    last = isDone;
    const file = { ...describe(content), id, doneBytes: 0 };
    attaching.value = [...attaching.value, { place: draftName(place), file, leaving, isDone }];
  };
  const attachingOf = (place: DraftPlace): readonly Attaching[] => {
    const there = new Set(kept.of(place).map(({ id }) => id));
    return attaching.value.filter((one) => one.place === draftName(place) && !there.has(one.file.id));
  };
  return {
    of: (place) => [
      ...kept.of(place).map((row) => ({ ...row, doneBytes: null })),
      ...attachingOf(place).map(({ file }) => file),
    ],
    follow: kept.put,
    attach: (place, files) => {
      for (const file of files) begin(place, file);
    },
    remove: (place, id) => {
      const own = attaching.value.find(({ file }) => file.id === id);
      attaching.value = attaching.value.filter((one) => one !== own);
      own?.leaving.abort();
      kept.put(place, kept.without(place, id));
      drafts.detach(place, id).catch((error: unknown) => onError(error, null));
    },
    settle: async (place) => {
      const all = await Promise.all(attachingOf(place).map(({ isDone }) => isDone));
      return all.every(Boolean);
    },
    forget: () => {
      for (const { leaving } of attaching.value) leaving.abort();
      attaching.value = [];
      kept.clear();
    },
  };
}

/** What the home keeps, by its place. */
function createKept() {
  const byPlace = signal<ReadonlyMap<string, readonly FileRow[]>>(new Map());
  const of = (place: DraftPlace): readonly FileRow[] => byPlace.value.get(draftName(place)) ?? [];
  return {
    of,
    without: (place: DraftPlace, id: EntityId) => of(place).filter((row) => row.id !== id),
    put: (place: DraftPlace, rows: readonly FileRow[]): void => {
      byPlace.value = new Map(byPlace.value).set(draftName(place), rows);
    },
    clear: (): void => {
      byPlace.value = new Map();
    },
  };
}

function withDone(one: Attaching, doneBytes: number): Attaching {
  return { ...one, file: { ...one.file, doneBytes } };
}

function describe({ name, size, type }: File): Omit<FileRow, 'id'> {
  return { name, bytes: size, type: type === '' ? null : type, width: null, height: null, preview: null };
}

/** What a place is called in the tables of this window. */
export function draftName({ kind, id }: DraftPlace): string {
  return `${kind} ${id}`;
}
