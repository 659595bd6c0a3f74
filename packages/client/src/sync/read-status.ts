import { listFindings } from '../findings/list-findings.ts';
import type { Store } from '../store/store.ts';
import { readLastHealing } from './last-healing.ts';
import { readLastProblem } from './last-problem.ts';
import type { SyncStatus } from './sync-status.ts';
import { timeTextToMs } from '../platform/time-text.ts';

/** How a store stands with its server, as far as it is known here. // SYN-14 */
export function readStatus(store: Store, isSignedIn: boolean): SyncStatus {
  const lastSync = store.facts.read('last-sync');
  const lastSyncAt = lastSync === null ? null : timeTextToMs(lastSync);
  const problem = readLastProblem(store.facts);
  const { findings, count: findingCount } = listFindings(store);
  const pendingOperations = store.log.outboxCount();
  const incompleteFiles = store.files.incomplete().length;
  const state = (): SyncStatus['state'] => {
    if (!isSignedIn) return 'signed-out';
    if (problem !== null || findingCount > 0) return 'problem';
    if (lastSyncAt === null) return 'new';
    return pendingOperations + incompleteFiles > 0 ? 'pending' : 'synced';
  };
  return {
    state: state(),
    pendingOperations,
    lastSyncAt,
    quarantined: store.log.quarantine().length,
    incompleteFiles,
    problem,
    lastHealing: readLastHealing(store.facts),
    findings,
    findingCount,
  };
}
