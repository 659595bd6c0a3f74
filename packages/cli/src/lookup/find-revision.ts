import type { FoundEntity, HistoryEntry } from '@dataans/client';
import { DataansError } from '@dataans/core';

/** @throws DataansError `not-found` if there is no revision of this number */
export function findRevision(
  { kind }: FoundEntity,
  history: readonly HistoryEntry[],
  number: number,
): HistoryEntry {
  const entry = history[number - 1];
  if (entry !== undefined) return entry;
  throw new DataansError(
    'not-found',
    `The ${kind} has no revision ${number}. Its last one is ${history.length}.`,
  );
}
