import type { DraftPlace, Home } from '@dataans/client';
import type { OperationId } from '@dataans/core';
import { signal, type ReadonlySignal } from '@preact/signals';
import { draftName } from './draft-files.ts';
import type { WindowStorage } from './kept-map.ts';
import { createUnsavedDrafts, type Draft } from './unsaved-drafts.ts';

/** What was typed and not sent yet: it survives a reload, a crash and an update, and goes with the home. */
export interface Drafts {
  /** Grows when `load` has read them. */
  readonly loads: ReadonlySignal<number>;
  list(): readonly Draft[];
  /** Reads what the home keeps; what this window had not given to it yet goes before. */
  load(): Promise<void>;
  read(place: DraftPlace): string;
  /** The heads of the note that the person saw when they began; none where there is no draft of an edit. */
  base(place: DraftPlace): readonly OperationId[];
  /** Kept at once in this window, and a moment later in the home. @param base as it was unless told */
  write(place: DraftPlace, text: string, base?: readonly OperationId[]): void;
  /**
   * It is being sent: until that has ended, however often it began, the home is given no draft, which would come after what it
   * was sent as. It reads as empty, or as what is typed meanwhile, and its base stays in case it comes back.
   */
  hold(place: DraftPlace): void;
  /** The home has recorded what was held, and ended its draft. What was typed meanwhile is the next one. */
  sent(place: DraftPlace): void;
  /** What was held could not be recorded. @param text what to keep in its place */
  notSent(place: DraftPlace, text: string): void;
  /** Gives the home what it doesn't have yet. */
  flush(): void;
  /** Nothing of it is in this window any more. */
  forget(): void;
}

export interface DraftsDependencies {
  readonly drafts: Home['drafts'];
  /** What was known of them when this page was last left, until they are read. */
  readonly last: readonly Draft[];
  /** Of this window alone; for what is newer than what the home keeps. */
  readonly storage: WindowStorage;
  /** Calls back after a moment. */
  readonly wait: (callBack: () => void) => void;
  readonly onError: (error: unknown) => void;
}

export function createDrafts({ drafts, last, storage, wait, onError }: DraftsDependencies): Drafts {
  const typed = signal(byName(last));
  const loads = signal(0);
  const unsaved = createUnsavedDrafts(storage);
  const held = createHolds();
  /** Since the last load began: the home may have told what was before. */
  const changed = new Set<string>();

  const find = (place: DraftPlace): Draft => typed.value.get(draftName(place)) ?? nothingAt(place);
  const set = (draft: Draft): void => {
    const name = draftName(draft.place);
    changed.add(name);
    typed.value = new Map(typed.value).set(name, draft);
  };
  const save = async (name: string): Promise<void> => {
    const draft = unsaved.get(name);
    if (draft === undefined) return;
    // Its files stay: an empty text ends only a draft that has none.
    await drafts.write(draft.place, { text: draft.text, base: draft.base });
    if (unsaved.get(name) === draft) unsaved.delete(name);
  };
  const flush = (): void => {
    for (const name of unsaved.names()) if (!held.has(name)) save(name).catch(onError);
  };
  const flushSoon = callOnce(flush, wait);
  const write: Drafts['write'] = (place, text, base = find(place).base) => {
    const draft = { place, text, base: text === '' ? [] : base };
    set(draft);
    unsaved.set(draft);
    flushSoon();
  };
  return {
    loads,
    list: () => [...typed.value.values()].filter(({ text }) => text !== ''),
    load: async () => {
      changed.clear();
      const kept = await readAll(drafts);
      typed.value = new Map([...byName(kept), ...[...typed.value].filter(([name]) => changed.has(name))]);
      for (const { place, text, base } of unsaved.values())
        if (!changed.has(draftName(place))) write(place, text, base);
      loads.value += 1;
    },
    read: (place) => find(place).text,
    base: (place) => find(place).base,
    write,
    hold: (place) => {
      held.change(draftName(place), 1);
      set({ ...find(place), text: '' });
    },
    sent: (place) => {
      const name = draftName(place);
      held.change(name, -1);
      if (find(place).text !== '') flushSoon();
      else if (!held.has(name)) {
        unsaved.delete(name);
        set(nothingAt(place));
      }
    },
    notSent: (place, text) => {
      held.change(draftName(place), -1);
      write(place, text);
    },
    flush,
    forget: () => {
      typed.value = new Map();
      unsaved.clear();
      held.clear();
    },
  };
}

/** What is held by as many as have not let go of it. */
function createHolds() {
  const counts = new Map<string, number>();
  const count = (name: string): number => counts.get(name) ?? 0;
  return {
    has: (name: string): boolean => count(name) > 0,
    change: (name: string, by: 1 | -1): void => void counts.set(name, Math.max(0, count(name) + by)),
    clear: (): void => counts.clear(),
  };
}

/** @returns what asks for a call: one is made however often it was asked for meanwhile */
function callOnce(act: () => void, wait: (callBack: () => void) => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    wait(() => {
      isWaiting = false;
      act();
    });
  };
}

async function readAll(drafts: Home['drafts']): Promise<readonly Draft[]> {
  const all: Draft[] = [];
  for (const { place } of await drafts.list()) {
    const { text, base } = (await drafts.read(place)) ?? nothingAt(place);
    all.push({ place, text, base });
  }
  return all;
}

function nothingAt(place: DraftPlace): Draft {
  return { place, text: '', base: [] };
}

function byName(drafts: readonly Draft[]): ReadonlyMap<string, Draft> {
  return new Map(drafts.map((draft) => [draftName(draft.place), draft]));
}
