import type { DraftPlace, Home } from '@dataans/client';
import { signal } from '@preact/signals';
import { draftName } from './draft-files.ts';

/** What was typed and not sent yet: it survives a reload, a crash and an update, and goes with the home. */
export interface Drafts {
  /** Reads what the home keeps; what this window had not given to it yet goes before. */
  load(): Promise<void>;
  read(place: DraftPlace): string;
  /** Kept at once in this window, and a moment later in the home. */
  write(place: DraftPlace, text: string): void;
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

export function createDrafts({ drafts, storage, wait, onError }: DraftsDependencies): Drafts {
  const texts = signal<ReadonlyMap<string, string>>(new Map());
  const unsaved = new Map<string, { readonly place: DraftPlace; readonly text: string }>();
  let isWaiting = false;

  const keepUnsaved = (): void => {
    if (unsaved.size === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify([...unsaved.values()]));
  };
  const set = (place: DraftPlace, text: string): void => {
    texts.value = new Map(texts.value).set(draftName(place), text);
  };
  const save = async (name: string): Promise<void> => {
    const draft = unsaved.get(name);
    if (draft === undefined) return;
    const { place, text } = draft;
    // Its files stay: an empty text ends only a draft that has none.
    await drafts.write(place, { text });
    if (unsaved.get(name) === draft) unsaved.delete(name);
    keepUnsaved();
  };
  const flush = (): void => {
    isWaiting = false;
    for (const name of unsaved.keys()) save(name).catch(onError);
  };
  const write: Drafts['write'] = (place, text) => {
    set(place, text);
    unsaved.set(draftName(place), { place, text });
    keepUnsaved();
    if (isWaiting) return;
    isWaiting = true;
    wait(flush);
  };
  return {
    load: async () => {
      for (const { place } of await drafts.list()) set(place, (await drafts.read(place))?.text ?? '');
      for (const { place, text } of readUnsaved(storage)) write(place, text);
    },
    read: (place) => texts.value.get(draftName(place)) ?? '',
    write,
    flush,
    forget: () => {
      texts.value = new Map();
      unsaved.clear();
      keepUnsaved();
    },
  };
}

function readUnsaved(
  storage: DraftsDependencies['storage'],
): readonly { readonly place: DraftPlace; readonly text: string }[] {
  try {
    // Written above, by this window.
    return JSON.parse(storage.getItem(key) ?? '[]') as { place: DraftPlace; text: string }[];
  } catch {
    return [];
  }
}
