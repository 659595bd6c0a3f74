import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataansError, type Primitives } from '@dataans/core';
import type { Store } from '../store/store.ts';
import { makeFolder } from './make-folder.ts';
import { openStoreFile, type StoreFileOptions } from './open-store-file.ts';
import { profilePath } from './profile.ts';
import { requireOwnHome } from './require-own-home.ts';

/** The store of a home, opened when it is first asked for. */
export interface HomeStore {
  /** @throws DataansError also if there was one and its file is gone // STO-37 */
  open(): Store;
  /** Also in the place of one that is lost. */
  openOrMake(): Store;
  /** It was there, and its file is gone. */
  isLost(): boolean;
  /** Nobody has made one yet, or it is lost. */
  isMissing(): boolean;
  close(): void;
}

export interface HomeStoreOptions extends Pick<StoreFileOptions, 'onReadOnly'> {
  readonly directory: string;
  readonly primitives: Pick<Primitives, 'randomBytes'>;
  /** What a person types to sign in again; `null` if there is no command line. */
  readonly signInCommand: () => string | null;
}

export function createHomeStore({
  directory,
  primitives,
  onReadOnly,
  signInCommand,
}: HomeStoreOptions): HomeStore {
  const path = join(directory, 'store.sqlite');
  let opened: Store | null = null;
  const isMissing = (): boolean => !existsSync(path);
  // The profile is written after the store was made.
  const isLost = (): boolean => isMissing() && existsSync(profilePath(directory));
  const openOrMake = (): Store => {
    requireOwnHome(directory);
    makeFolder(directory);
    opened ??= openStoreFile(path, { ...primitives, onReadOnly });
    return opened;
  };
  return {
    open: () => {
      if (opened === null && isLost()) throw lostStore(path, signInCommand());
      return openOrMake();
    },
    openOrMake,
    isLost,
    isMissing,
    close: () => {
      opened?.close();
      opened = null;
    },
  };
}

function lostStore(path: string, signInCommand: string | null): DataansError {
  return new DataansError('storage-unusable', `The notes of this device are missing. There is no ${path}.`, {
    advice: `If it is on a disk of its own, connect that disk. If it is lost, ${signInCommand === null ? 'sign in again.' : `start again with: ${signInCommand}`}\nThe next sync then fetches what the server has. What this device hadn't sent is lost with the file.`,
  });
}
