import type { FileRow, FileState } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { useEffect } from 'preact/hooks';
import { useApp } from '../state/context.ts';

/** Where these files are: kept up to date, as long as they are shown. */
export function useFileStates(files: readonly FileRow[]): ReadonlyMap<EntityId, FileState | null> {
  const { fileStates } = useApp();
  const ids = files.map(({ id }) => id);
  useEffect(() => fileStates.follow(ids), [ids.join()]);
  return new Map(ids.map((id) => [id, fileStates.of(id).value]));
}
