import type { DraftPlace } from '@dataans/client';
import type { OperationId } from '@dataans/core';
import { draftName } from './draft-files.ts';
import { createKeptMap, type KeptMap, type WindowStorage } from './kept-map.ts';

/** What was typed at a place. */
export interface Draft {
  readonly place: DraftPlace;
  readonly text: string;
  readonly base: readonly OperationId[];
}

/** Drafts that the home does not have yet. */
export function createUnsavedDrafts(storage: WindowStorage): KeptMap<Draft> {
  return createKeptMap<Draft>(storage, 'dataans drafts', ({ place }) => draftName(place));
}
