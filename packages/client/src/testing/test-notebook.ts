import type { TestContext } from 'node:test';
import { createKeyring, unlockKeyring, type NoteValue } from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { Entity } from '../store/entities.ts';
import type { Store } from '../store/store.ts';
import { openTestStore, startMs } from './test-store.ts';

export const primitives = createNodePrimitives();
export const keyring = await unlockKeyring(primitives, createKeyring(primitives));

export interface OpenedNotebook {
  readonly store: Store;
  readonly notebook: Notebook;
}

/** A notebook on a store in memory, whose clock stands still unless told. */
export function openNotebook(t: Pick<TestContext, 'after'>, now = (): number => startMs): OpenedNotebook {
  const store = openTestStore(t);
  const notebook = createNotebook({ store, primitives, readKeyring: async () => keyring, clock: { now } });
  return { store, notebook };
}

export interface OpenedNote extends OpenedNotebook {
  readonly space: Entity<'space'>;
  readonly note: Entity<'note'>;
}

export async function withNote(
  t: Pick<TestContext, 'after'>,
  given: Partial<NoteValue> = {},
): Promise<OpenedNote> {
  const opened = openNotebook(t);
  const space = await opened.notebook.addSpace('Space');
  const note = await opened.notebook.addNote({ space: space.id, ...given });
  return { ...opened, space, note };
}
