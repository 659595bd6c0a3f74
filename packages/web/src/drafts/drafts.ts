import type { DraftPlace, Home } from '@dataans/client';
import type { OperationId } from '@dataans/core';
import { signal } from '@preact/signals';
import { draftName } from './draft-files.ts';

/** What was typed and not sent yet: it survives a reload, a crash and an update, and goes with the home. */
export interface Drafts {
  /** Reads what the home keeps; what this window had not given to it yet goes before. */
  load(): Promise<void>;
  read(place: DraftPlace): string;
  /** The heads of the note that the person saw when they began; none where there is no draft of an edit. */
  base(place: DraftPlace): readonly OperationId[];
  /** Kept at once in this window, and a moment later in the home. @param base as it was unless told */
  write(place: DraftPlace, text: string, base?: readonly OperationId[]): void;
  /** It is being sent: until that has ended, the home is given no draft, which would come after what it was sent as. */
  hold(place: DraftPlace): void;
  /** The home has recorded what was held, and ended its draft. @param text what was typed meanwhile */
  sent(place: DraftPlace, text: string): void;
  /** What was held could not be recorded. @param text what to keep in its place */
  notSent(place: DraftPlace, text: string): void;
  /** Gives the home what it doesn't have yet. */
  flush(): void;
  /** Nothing of it is in this window any more. */
  forget(): void;
}

export interface DraftsDependencies {
  readonly drafts: Home['drafts'];
  /** Of this window alone; for what is newer than what the home keeps. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Calls back after a moment. */
  readonly wait: (callBack: () => void) => void;
  readonly onError: (error: unknown) => void;
}

const key = 'dataans drafts';

interface Typed {
  readonly text: string;
  readonly base: readonly OperationId[];
}

const nothing: Typed = { text: '', base: [] };

export function createDrafts({ drafts, storage, wait, onError }: DraftsDependencies): Drafts {
  const typed = signal<ReadonlyMap<string, Typed>>(new Map());
  const unsaved = new Map<string, Typed & { readonly place: DraftPlace }>();
  const held = new Set<string>();
  let isWaiting = false;

  const keepUnsaved = (): void => {
    if (unsaved.size === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify([...unsaved.values()]));
  };
  const find = (place: DraftPlace): Typed => typed.value.get(draftName(place)) ?? nothing;
  const set = (place: DraftPlace, { text, base }: Typed): void => {
    typed.value = new Map(typed.value).set(draftName(place), { text, base });
  };
  const save = async (name: string): Promise<void> => {
    const draft = unsaved.get(name);
    if (draft === undefined) return;
    const { place, text, base } = draft;
    // Its files stay: an empty text ends only a draft that has none.
    await drafts.write(place, { text, base });
    if (unsaved.get(name) === draft) unsaved.delete(name);
    keepUnsaved();
  };
  const flush = (): void => {
    isWaiting = false;
    for (const name of unsaved.keys()) if (!held.has(name)) save(name).catch(onError);
  };
  const write: Drafts['write'] = (place, text, base = find(place).base) => {
    const draft = { text, base: text === '' ? [] : base };
    set(place, draft);
    unsaved.set(draftName(place), { place, ...draft });
    keepUnsaved();
    if (isWaiting) return;
    isWaiting = true;
    wait(flush);
  };
  return {
    load: async () => {
      for (const { place } of await drafts.list()) set(place, (await drafts.read(place)) ?? nothing);
      for (const { place, text, base } of readUnsaved(storage)) write(place, text, base);
    },
    read: (place) => find(place).text,
    base: (place) => find(place).base,
    write,
    hold: (place) => held.add(draftName(place)),
    sent: (place, text) => {
      held.delete(draftName(place));
      unsaved.delete(draftName(place));
      set(place, nothing);
      keepUnsaved();
      if (text !== '') write(place, text);
    },
    notSent: (place, text) => {
      held.delete(draftName(place));
      write(place, text);
    },
    flush,
    forget: () => {
      typed.value = new Map();
      unsaved.clear();
      held.clear();
      keepUnsaved();
    },
  };
}

function readUnsaved(
  storage: DraftsDependencies['storage'],
): readonly (Typed & { readonly place: DraftPlace })[] {
  try {
    // Written above, by this window.
    return JSON.parse(storage.getItem(key) ?? '[]') as (Typed & { place: DraftPlace })[];
  } catch {
    return [];
  }
}
