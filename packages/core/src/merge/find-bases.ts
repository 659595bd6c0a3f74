import type { OperationId } from '../ids/uuid.ts';
import { collectFrom, keepNearest, type Lineage } from './lineage.ts';

/**
 * For each head but the first, in the given order: the nearest common ancestors that it has with all the heads
 * before it taken together. Each revision is looked at once, however many heads there are. // MRG-3
 */
export function findBases(
  lineage: Lineage,
  heads: readonly OperationId[],
): readonly (readonly OperationId[])[] {
  const takenBy = new Map<OperationId, number>();
  return heads.map((head, number) => keepNearest(lineage, takeIn(lineage, takenBy, head, number))).slice(1);
}

/** Takes a head and its ancestors in, and says upon which of those that were in before it comes. */
function takeIn(
  lineage: Lineage,
  takenBy: Map<OperationId, number>,
  head: OperationId,
  number: number,
): readonly OperationId[] {
  const met = new Set<OperationId>();
  const waiting = [head];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const by = takenBy.get(id);
    if (by === number) continue;
    if (by !== undefined) {
      met.add(id);
      continue;
    }
    takenBy.set(id, number);
    for (const parent of lineage.get(id) ?? []) waiting.push(parent);
  }
  return [...met];
}

/** The nearest ancestors that all of them have in common. */
export function findSharedBases(lineage: Lineage, ids: readonly OperationId[]): readonly OperationId[] {
  const [first, ...others] = ids;
  if (first === undefined) return [];
  let shared = collectFrom(lineage, [first]);
  for (const id of others) shared = shared.intersection(collectFrom(lineage, [id]));
  return keepNearest(lineage, [...shared]);
}
