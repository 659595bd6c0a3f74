import { nextStamp, stampOnParents, type AnyOperation } from '@dataans/core';
import type { LocalLog, Reading, Writer } from '../store/local-log.ts';
import type { PlannedChange } from './notebook.ts';
import { toWellFormedValue } from './well-formed-value.ts';

export interface Numbered {
  readonly operations: readonly AnyOperation[];
  /** The clock after them. */
  readonly reading: Reading;
}

/** The changes as the next operations of this device. // OPR-3, CLK-1, CLK-5 */
export function numberChanges(
  changes: readonly PlannedChange[],
  writer: Writer,
  nowMs: number,
  latestStamp: LocalLog['latestStamp'],
): Numbered {
  let { last } = writer;
  const operations = changes.map((change, index) => {
    last = nextStamp(last, nowMs);
    const { entity, id, parents, deleted } = change;
    const { at, c } = stampOnParents(last, latestStamp(parents));
    const value = toWellFormedValue(change.value);
    const stamped = { v: 1, device: writer.device, n: writer.n + 1 + index, at, c };
    // Kind and value come from one change, where they belong together.
    return { ...stamped, entity, id, parents, deleted, value } as AnyOperation;
  });
  return { operations, reading: { last, nowMs } };
}
