import type { Life } from './life.ts';

export interface ScheduledEvent {
  readonly dueMs: number;
  readonly run: () => void;
}

interface QueuedEvent extends ScheduledEvent {
  /** Orders events of one moment. */
  readonly rank: number;
  readonly life: Life | null;
  isOff: boolean;
}

export interface EventQueue {
  /** Returns how to call it off. */
  add(dueMs: number, life: Life | null, run: () => void): () => void;
  /** The earliest, where it is due by then; events of ended lives are left out. */
  takeNext(untilMs: number): ScheduledEvent | null;
  count(): number;
}

/** A binary heap by due time, then by a rank that is drawn. */
export function createEventQueue(drawRank: () => number): EventQueue {
  const heap: QueuedEvent[] = [];
  const isGone = ({ isOff, life }: QueuedEvent): boolean => isOff || life?.isAlive() === false;
  const takeFirst = (): void => {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    sink(heap);
  };
  return {
    add: (dueMs, life, run) => {
      const event = { dueMs, rank: drawRank(), life, run, isOff: false };
      heap.push(event);
      rise(heap);
      return () => {
        event.isOff = true;
      };
    },
    takeNext: (untilMs) => {
      for (let first = heap[0]; first !== undefined; first = heap[0]) {
        if (isGone(first)) {
          takeFirst();
          continue;
        }
        if (first.dueMs > untilMs) return null;
        takeFirst();
        return first;
      }
      return null;
    },
    count: () => heap.filter((event) => !isGone(event)).length,
  };
}

function isBefore(left: QueuedEvent, right: QueuedEvent): boolean {
  return left.dueMs === right.dueMs ? left.rank < right.rank : left.dueMs < right.dueMs;
}

function rise(heap: QueuedEvent[]): void {
  for (let place = heap.length - 1; place > 0;) {
    const above = (place - 1) >> 1;
    if (!swapIf(heap, above, place)) return;
    place = above;
  }
}

function sink(heap: QueuedEvent[]): void {
  for (let place = 0; ;) {
    const left = 2 * place + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) return;
    const smaller = other !== undefined && isBefore(other, one) ? left + 1 : left;
    if (!swapIf(heap, place, smaller)) return;
    place = smaller;
  }
}

/** Whether the lower one was before the upper one, and so took its place. */
function swapIf(heap: QueuedEvent[], upper: number, lower: number): boolean {
  const [above, below] = [heap[upper], heap[lower]];
  if (above === undefined || below === undefined || !isBefore(below, above)) return false;
  heap[upper] = below;
  heap[lower] = above;
  return true;
}
