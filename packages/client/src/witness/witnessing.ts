import type { Primitives, UnlockedKeyring } from '@dataans/core';
import type { KeptRecord } from '../account/kept-record.ts';
import type { KeptFindings } from '../findings/kept-findings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Store } from '../store/store.ts';

/** What witnesses are recorded and judged with: a sync has all of it. */
export interface Witnessing {
  readonly store: Store;
  readonly primitives: Primitives;
  readonly readKeyring: () => Promise<UnlockedKeyring>;
  readonly clock: Clock;
  readonly keptRecord: KeptRecord;
  readonly findings: KeptFindings;
}
