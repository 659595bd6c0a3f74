import type { OperationId } from '../ids/uuid.ts';

type ParentsById = ReadonlyMap<OperationId, readonly OperationId[]>;

interface Step {
  readonly id: OperationId;
  readonly parents: readonly OperationId[];
  next: number;
}

/**
 * Numbers the circles that revisions make by naming each other: two have the same number if each was made on
 * the other. Most are alone with their number. As in Gabow, "Path-based depth-first search for strong and
 * biconnected components", 2000, without recursion: a line of revisions can be long.
 */
export function numberCircles(parentsById: ParentsById): ReadonlyMap<OperationId, number> {
  const orderById = new Map<OperationId, number>();
  const circleById = new Map<OperationId, number>();
  /** Met, but in no circle yet. */
  const open: OperationId[] = [];
  /** The first of each circle that may still be made, from the start of the path on. */
  const firsts: OperationId[] = [];
  const path: Step[] = [];
  const orderOf = (id: OperationId | undefined): number =>
    id === undefined ? -1 : (orderById.get(id) ?? -1);
  const enter = (id: OperationId): void => {
    orderById.set(id, orderById.size);
    open.push(id);
    firsts.push(id);
    path.push({ id, parents: parentsById.get(id) ?? [], next: 0 });
  };
  const close = (first: OperationId, circle: number): void => {
    firsts.pop();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      circleById.set(id, circle);
      if (id === first) return;
    }
  };
  const follow = (parent: OperationId): void => {
    if (!orderById.has(parent)) enter(parent);
    else if (!circleById.has(parent)) while (orderOf(firsts.at(-1)) > orderOf(parent)) firsts.pop();
  };
  for (const start of parentsById.keys()) {
    if (!orderById.has(start)) enter(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const parent = step.parents[step.next];
      step.next += 1;
      if (parent !== undefined) follow(parent);
      else {
        path.pop();
        if (firsts.at(-1) === step.id) close(step.id, orderOf(step.id));
      }
    }
  }
  return circleById;
}
