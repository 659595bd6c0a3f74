import { acknowledgeClockLeftAhead } from '../store/clock-left-ahead.ts';
import type { Store } from '../store/store.ts';
import { acknowledgeFindings } from './acknowledged.ts';
import { acknowledgeMassDeletion } from './mass-deletion.ts';
import { acknowledgeStorageCleared } from './storage-cleared.ts';

/** What a person has seen: all that a status tells, or what one line of a screen told. */
export type Acknowledgement = 'everything' | 'storage-cleared';

/** It is told no more. // VFY-13, GRD-2, CLK-6, BRW-12 */
export function acknowledge(store: Store, what: Acknowledgement): void {
  acknowledgeStorageCleared(store.facts);
  if (what === 'storage-cleared') return;
  acknowledgeClockLeftAhead(store.facts);
  acknowledgeMassDeletion(store);
  acknowledgeFindings(store);
}
