import type { DeviceId, EntityId } from '@dataans/core';
import { removedTogetherMax } from '../notebook/removed-together.ts';

/** A deletion of a note or a space, as far as it tells what it was part of. */
export interface Deletion {
  readonly device: DeviceId;
  readonly at: number;
}

/** A note that is or was in a space. */
export interface NoteOfSpace {
  readonly id: EntityId;
  /** All that it ever had. */
  readonly deletions: readonly Deletion[];
  /** Those that it is deleted by now; none while it lives. */
  readonly deletedBy: readonly Deletion[];
}

/**
 * The notes that went with their space: those that its device deleted with the stamp of the space's deletion, which is
 * one transaction; and those of the transactions before it, while these are as large as deleting a large space makes
 * them. // HIS-10, STO-14
 */
export function findDeletedWith(
  spaceDeletions: readonly Deletion[],
  notes: readonly NoteOfSpace[],
): readonly EntityId[] {
  const taken = new Set(spaceDeletions.flatMap((deletion) => findStamps(deletion, notes)).map(deletionKey));
  return notes
    .filter(({ deletedBy }) => deletedBy.some((deletion) => taken.has(deletionKey(deletion))))
    .map(({ id }) => id);
}

/** The deletions of the transactions that one deletion of a space was done in. */
function findStamps({ device, at }: Deletion, notes: readonly NoteOfSpace[]): readonly Deletion[] {
  const notesByStamp = new Map<number, number>();
  for (const { deletions } of notes)
    for (const deletion of deletions)
      if (deletion.device === device && deletion.at < at)
        notesByStamp.set(deletion.at, (notesByStamp.get(deletion.at) ?? 0) + 1);
  const before = [...notesByStamp].toSorted(([left], [right]) => right - left);
  const partial = before.findIndex(([, count]) => count < removedTogetherMax);
  const full = partial === -1 ? before : before.slice(0, partial);
  return [{ device, at }, ...full.map(([stamp]) => ({ device, at: stamp }))];
}

function deletionKey({ device, at }: Deletion): string {
  return `${device} ${at}`;
}
