import { positionCode, type Hash } from '@dataans/core';
import { isFetchedUnder, readFetchPolicy, type FetchPolicy } from '../files/fetch-policy.ts';
import { listFindings } from './list-findings.ts';
import { readClockLeftAhead } from '../store/clock-left-ahead.ts';
import type { Store } from '../store/store.ts';
import { readClockDifference } from './clock-difference.ts';
import { readLastHealing } from './last-healing.ts';
import { isRefusal, readLastProblem } from './last-problem.ts';
import { readMassDeletion } from './mass-deletion.ts';
import type { SessionStatus, StatusPosition, StatusProblem, SyncStatus } from './sync-status.ts';
import { timeTextToMs } from '../platform/time-text.ts';

/** What is kept of a sign-in. */
export interface KeptSession {
  /** Milliseconds since 1970 UTC at which the server said that it ends; `null`: never, or not known. */
  readonly expires: number | null;
}

/**
 * How a store stands with its server, as far as it is known here. // SYN-14
 *
 * @param session `null` where nobody is signed in
 * @param defaultPolicy what is fetched until somebody chooses
 */
export function readStatus(
  store: Store,
  session: KeptSession | null,
  nowMs: number,
  hash: Hash,
  defaultPolicy: FetchPolicy = 'all',
): SyncStatus {
  const lastSync = store.facts.read('last-sync');
  const lastSyncAt = lastSync === null ? null : timeTextToMs(lastSync);
  // Nothing is asked of a server that nobody is signed in to.
  const problem = session === null ? null : readLastProblem(store.facts);
  const { findings, count: findingCount } = listFindings(store);
  const pendingOperations = store.log.outboxCount();
  const pendingChanges = store.log.outboxChanges();
  const quarantinedBy = store.log.quarantineCounts();
  const incompleteFiles = countWanted(store, defaultPolicy);
  const state = (): SyncStatus['state'] => {
    if (session === null) return 'signed-out';
    if (problem !== null || findingCount > 0) return 'problem';
    if (lastSyncAt === null) return 'new';
    return pendingChanges + incompleteFiles > 0 ? 'pending' : 'synced';
  };
  return {
    state: state(),
    pendingOperations,
    pendingChanges,
    lastSyncAt,
    quarantined: Object.values(quarantinedBy).reduce((sum, count) => sum + count, 0),
    quarantinedBy,
    incompleteFiles,
    problem,
    position: readPosition(store.log, hash),
    session: session === null ? null : judgeSession(session, problem, nowMs),
    lastHealing: readLastHealing(store.facts),
    massDeletion: readMassDeletion(store.facts),
    ...readClockDifference(store.facts),
    clockLeftAhead: readClockLeftAhead(store.facts),
    findings,
    findingCount,
  };
}

/** Contents that are left on the server are nothing to wait for. // FIL-7 */
function countWanted({ files, facts }: Store, defaultPolicy: FetchPolicy): number {
  if (files.incompleteCount() === 0) return 0;
  const policy = readFetchPolicy(facts, defaultPolicy);
  const wishes = files.wishes();
  return files.incomplete().filter(({ id, value }) => wishes.get(id) ?? isFetchedUnder(policy, value)).length;
}

function readPosition(log: Store['log'], hash: Hash): StatusPosition | null {
  const cursor = log.cursor();
  if (cursor === null) return null;
  const { log: id, seq, chain } = cursor;
  return { log: id, seq, code: positionCode(hash, id, seq, chain) };
}

function judgeSession({ expires }: KeptSession, problem: StatusProblem | null, nowMs: number): SessionStatus {
  const isRefused = problem !== null && isRefusal(problem.code);
  const isOver = expires !== null && expires <= nowMs;
  return { state: isRefused || isOver ? 'ended' : 'active', expires };
}
