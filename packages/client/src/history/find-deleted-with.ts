import type { DeviceId, EntityId } from '@dataans/core';
import { togetherMax } from '../notebook/together.ts';

/** A deletion of a note or a space, as far as it tells what it was part of. */
export interface Deletion {
  readonly device: DeviceId;
  /** Its number among the operations of the device. */
  readonly n: number;
  /** When its transaction was; `null` where its stamp only follows that of what was deleted. // CLK-5 */
  readonly at: number | null;
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
 * The notes that went with their space: those that its device deleted in the transaction of the space's deletion, and
 * in those before it, while these are as large as deleting a large space makes them. // HIS-10, STO-14
 */
export function findDeletedWith(
  spaceDeletions: readonly Deletion[],
  notes: readonly NoteOfSpace[],
): readonly EntityId[] {
  const taken = new Set(spaceDeletions.flatMap((deletion) => findTogether(deletion, notes)).map(deletionKey));
  return notes
    .filter(({ deletedBy }) => deletedBy.some((deletion) => taken.has(deletionKey(deletion))))
    .map(({ id }) => id);
}

/** The deletions of notes that one deletion of a space was done with. */
function findTogether(ofSpace: Deletion, notes: readonly NoteOfSpace[]): readonly Deletion[] {
  const before = notes
    .flatMap(({ deletions }) => deletions)
    .filter(({ device, n }) => device === ofSpace.device && n < ofSpace.n)
    .toSorted((left, right) => right.n - left.n);
  const together: Deletion[] = [];
  for (let at = ofSpace.at; ;) {
    const transaction = takeTransaction(before.slice(together.length), at, together.at(-1)?.n ?? ofSpace.n);
    together.push(...transaction);
    const next = before[together.length];
    if (next === undefined || next.at === null) return together;
    const isFull = takeTransaction(before.slice(together.length), next.at, next.n + 1).length >= togetherMax;
    if (!isFull) return together;
    at = next.at;
  }
}

/** The first ones that were in one transaction, which ends before number `end`. */
function takeTransaction(
  deletions: readonly Deletion[],
  at: number | null,
  end: number,
): readonly Deletion[] {
  let [time, last] = [at, end];
  const others = deletions.findIndex((deletion) => {
    const isOfIt = deletion.at === null || time === null ? deletion.n === last - 1 : deletion.at === time;
    time ??= deletion.at;
    last = deletion.n;
    return !isOfIt;
  });
  return others === -1 ? deletions : deletions.slice(0, others);
}

function deletionKey({ device, n }: Deletion): string {
  return `${device} ${n}`;
}
