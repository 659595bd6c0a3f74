import type { Notebook, PlannedChange, Recorded, RecordOptions } from './notebook.ts';
import { togetherMax } from './together.ts';

/**
 * Records what many entities take, up to 1,000 of them in one transaction. Each is planned when its turn comes. // STO-51
 */
export async function recordInParts<Item>(
  record: Notebook['record'],
  items: readonly Item[],
  plan: (item: Item) => readonly PlannedChange[],
  { call }: Pick<RecordOptions, 'call'>,
): Promise<Recorded> {
  const operations = [];
  for (let start = 0; start < items.length; start += togetherMax) {
    const part = items.slice(start, start + togetherMax);
    const recorded = await record(() => part.flatMap(plan), nameCallOfPart(call, start / togetherMax));
    operations.push(...recorded.operations);
  }
  return { operations };
}

/** Each part is asked for again by itself. // STO-50 */
function nameCallOfPart(call: string | undefined, part: number): Pick<RecordOptions, 'call'> {
  return call === undefined ? {} : { call: part === 0 ? call : `${call} ${part}` };
}
