import { nextStamp, stampOnParents, type AnyOperation } from '@dataans/core';
import type { LocalLog, Reading, Writer } from '../store/local-log.ts';
import type { PlannedChange } from './notebook.ts';
import { toWellFormedValue } from './well-formed-value.ts';

export interface Numbered {
  readonly operations: readonly AnyOperation[];
  /** The clock after them. */
  readonly reading: Reading;
}

/**
 * The changes as the next operations of this device. // OPR-3, OPR-8, CLK-1, CLK-5
 */
export function numberChanges(
  changes: readonly PlannedChange[],
  writer: Writer,
  nowMs: number,
  { latestStamp, waitingFrom }: Pick<LocalLog, 'latestStamp' | 'waitingFrom'>,
): Numbered {
  let { last } = writer;
  let waits = waitingFrom();
  const operations = changes.map((change, index) => {
    last = nextStamp(last, nowMs);
    const { entity, id, parents, deleted } = change;
    const { at, c } = stampOnParents(last, latestStamp(parents));
    const value = toWellFormedValue(change.value);
    const n = writer.n + 1 + index;
    const stamped = { v: 1, device: writer.device, n, at, c, ...(waits === null ? {} : { waits }) };
    if (entity === 'file') waits ??= n;
    // Kind and value come from one change, where they belong together.
    return { ...stamped, entity, id, parents, deleted, value } as AnyOperation;
  });
  return { operations, reading: { last, nowMs } };
}
