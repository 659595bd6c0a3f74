import { nextStamp, type AnyOperation } from '@dataans/core';
import type { Writer } from '../store/local-log.ts';
import type { PlannedChange } from './notebook.ts';
import { toWellFormedValue } from './well-formed-value.ts';

/** The changes as the next operations of this device. // OPR-3, CLK-1 */
export function numberChanges(
  changes: readonly PlannedChange[],
  writer: Writer,
  nowMs: number,
): readonly AnyOperation[] {
  let last = writer.last;
  return changes.map((change, index) => {
    last = nextStamp(last, nowMs);
    const { entity, id, parents, deleted } = change;
    const value = toWellFormedValue(change.value);
    const stamped = { v: 1, device: writer.device, n: writer.n + 1 + index, at: last.at, c: last.c };
    // Kind and value come from one change, where they belong together.
    return { ...stamped, entity, id, parents, deleted, value } as AnyOperation;
  });
}
