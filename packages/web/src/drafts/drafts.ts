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
  /** The home has none there any more: another window has sent it. What was typed in this one stays, and is kept again. */
  ended(place: DraftPlace): void;
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

export function createDrafts({ drafts, last, ...saving }: DraftsDependencies): Drafts {
  const typed = createTyped(last);
  const loads = signal(0);
  const { unsaved, held, flush, flushSoon } = createSaving({ drafts, ...saving });
  /** By who uses this window, and not known from the home alone. */
  const ownNames = new Set<string>();

  const { find, set } = typed;
  const write: Drafts['write'] = (place, text, base = find(place).base) => {
    const draft = { place, text, base: text === '' ? [] : base };
    set(draft);
    unsaved.set(draft);
    if (text === '') ownNames.delete(draftName(place));
    else ownNames.add(draftName(place));
    flushSoon();
  };
  return {
    loads,
    list: typed.list,
    load: async () => {
      await typed.load(() => readAll(drafts));
      for (const { place, text, base } of unsaved.values())
        if (!typed.hasChanged(place)) write(place, text, base);
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
    ended: (place) => {
      const [name, { text }] = [draftName(place), find(place)];
      if (text === '' || held.has(name) || unsaved.get(name) !== undefined) return;
      if (ownNames.has(name)) write(place, text);
      else {
        set(nothingAt(place));
        loads.value += 1;
      }
    },
    flush,
    forget: () => {
      typed.clear();
      ownNames.clear();
      unsaved.clear();
      held.clear();
    },
  };
}

/** Drafts as this window shows them. */
function createTyped(last: readonly Draft[]) {
  const typed = signal(byName(last));
  /** Since the last load began: the home may have told what was before. */
  const changed = new Set<string>();
  return {
    find: (place: DraftPlace): Draft => typed.value.get(draftName(place)) ?? nothingAt(place),
    list: (): readonly Draft[] => [...typed.value.values()].filter(({ text }) => text !== ''),
    set: (draft: Draft): void => {
      const name = draftName(draft.place);
      changed.add(name);
      typed.value = new Map(typed.value).set(name, draft);
    },
    load: async (read: () => Promise<readonly Draft[]>): Promise<void> => {
      changed.clear();
      const kept = await read();
      typed.value = new Map([...byName(kept), ...[...typed.value].filter(([name]) => changed.has(name))]);
    },
    hasChanged: (place: DraftPlace): boolean => changed.has(draftName(place)),
    clear: (): void => {
      typed.value = new Map();
    },
  };
}

/** Gives the home what it doesn't have yet, a moment later, unless that is held. */
function createSaving({ drafts, storage, wait, onError }: Omit<DraftsDependencies, 'last'>) {
  const unsaved = createUnsavedDrafts(storage);
  const held = createHolds();
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
  return { unsaved, held, flush, flushSoon: callOnce(flush, wait) };
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
