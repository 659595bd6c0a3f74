import type { Facts } from './facts.ts';
import type { Store } from './store.ts';

const underWay = 'under-way';

/** This device has nothing of the log that it follows yet. */
export function beginFirstSync(facts: Facts): void {
  facts.write('first-sync', underWay, 'soon');
}

/** What a first sync has brought until now is no news. // STO-35 */
export function markFirstSyncRead({ facts, windows }: Pick<Store, 'facts' | 'windows'>): void {
  if (isFirstSync(facts)) windows.markAllRead();
}

export function endFirstSync(facts: Facts): void {
  if (isFirstSync(facts)) facts.write('first-sync', '', 'soon');
}

function isFirstSync(facts: Pick<Facts, 'read'>): boolean {
  return facts.read('first-sync') === underWay;
}
