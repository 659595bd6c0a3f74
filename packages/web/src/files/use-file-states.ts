import type { FileRow, FileState } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';

/** Where these files are: kept up to date, as long as they are shown. */
export function useFileStates(files: readonly FileRow[]): ReadonlyMap<EntityId, FileState> {
  const { home, notices, words } = useApp();
  const [states, setStates] = useState<ReadonlyMap<EntityId, FileState>>(new Map());
  const ids = files.map(({ id }) => id);
  useEffect(() => {
    if (ids.length === 0) return undefined;
    return home.live.files(ids, setStates, (error) => notices.show(tellError(error, words.peek())));
  }, [ids.join()]);
  return states;
}
