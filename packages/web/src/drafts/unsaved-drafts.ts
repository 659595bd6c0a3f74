import type { DraftPlace } from '@dataans/client';
import type { OperationId } from '@dataans/core';
import { draftName } from './draft-files.ts';

/** What was typed at a place. */
export interface Draft {
  readonly place: DraftPlace;
  readonly text: string;
  readonly base: readonly OperationId[];
}

/** Drafts that the home does not have yet: this window keeps them meanwhile, also over a reload. */
export interface UnsavedDrafts {
  names(): Iterable<string>;
  get(name: string): Draft | undefined;
  set(draft: Draft): void;
  delete(name: string): void;
  clear(): void;
  /** What the page before had not given to the home, too. */
  read(): readonly Draft[];
}

const key = 'dataans drafts';

export function createUnsavedDrafts(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): UnsavedDrafts {
  const unsaved = new Map<string, Draft>();
  const keep = (): void => {
    if (unsaved.size === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify([...unsaved.values()]));
  };
  return {
    names: () => [...unsaved.keys()],
    get: (name) => unsaved.get(name),
    set: (draft) => {
      unsaved.set(draftName(draft.place), draft);
      keep();
    },
    delete: (name) => {
      unsaved.delete(name);
      keep();
    },
    clear: () => {
      unsaved.clear();
      keep();
    },
    read: () => {
      try {
        // Written above, by this window.
        return JSON.parse(storage.getItem(key) ?? '[]') as Draft[];
      } catch {
        return [];
      }
    },
  };
}
