import { orderBetween } from './order-between.ts';

interface Ordered {
  readonly id: string;
  readonly order: string | null;
  readonly pinned: boolean;
}

/** A space with the order that it is to have. */
export interface PlannedOrder<Space> {
  readonly space: Space;
  readonly order: string;
}

/**
 * What has to change so that a space stands one place further up or down, among those that are pinned as it is. Spaces that
 * were never ordered by hand are in the order of their names: then all get one, once. Nothing if there is no such place.
 *
 * @param spaces in the order in which they are shown
 */
export function planMove<Space extends Ordered>(
  spaces: readonly Space[],
  id: string,
  by: -1 | 1,
): readonly PlannedOrder<Space>[] {
  const moved = spaces.find((space) => space.id === id);
  const group = spaces.filter(({ pinned }) => pinned === moved?.pinned);
  const at = group.findIndex((space) => space.id === id);
  const to = at + by;
  if (moved === undefined || to < 0 || to >= group.length) return [];
  const next = group.toSpliced(at, 1).toSpliced(to, 0, moved);
  if (isOrdered(group))
    return [{ space: moved, order: orderBetween(next[to - 1]?.order ?? null, next[to + 1]?.order ?? null) }];
  const planned: PlannedOrder<Space>[] = [];
  for (const space of next) planned.push({ space, order: orderBetween(planned.at(-1)?.order ?? null, null) });
  return planned;
}

/** Each has an order, and no two the same: there is room between them. */
function isOrdered(group: readonly Ordered[]): boolean {
  return group.every(({ order }, at) => order !== null && (at === 0 || (group[at - 1]?.order ?? '') < order));
}
