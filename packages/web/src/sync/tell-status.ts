import type { HomeStatus } from '@dataans/client';
import type { Words } from '../words/words.ts';

export type StatusTone = 'calm' | 'waiting' | 'offline' | 'signed-out' | 'wrong';

/** One line for the whole state of the sync. */
export interface ToldStatus {
  readonly tone: StatusTone;
  readonly words: string;
}

/** What of a status is told. */
export type StatusFacts = Pick<
  HomeStatus,
  'state' | 'connection' | 'pendingChanges' | 'problem' | 'session' | 'findingCount' | 'activity'
>;

/** Codes that only mean that there is no server to speak to now. */
const offlineCodes: ReadonlySet<string> = new Set(['server-unreachable', 'server-failed']);

export function tellStatus(status: StatusFacts, words: Words): ToldStatus {
  const { state, connection, pendingChanges: pending, problem, findingCount } = status;
  if (state === 'signed-out') return { tone: 'signed-out', words: words.signedOut };
  if (status.session?.state === 'ended' || connection === 'paused')
    return { tone: 'signed-out', words: words.signedOut };
  if (connection === 'offline' || offlineCodes.has(problem?.code ?? ''))
    return { tone: 'offline', words: pending === 0 ? words.offline : words.offlineWaiting(pending) };
  if (problem !== null || findingCount > 0) return { tone: 'wrong', words: words.problem };
  if (pending > 0) return { tone: 'waiting', words: words.waiting(pending) };
  if (state === 'new') return { tone: 'waiting', words: words.syncing };
  return { tone: 'calm', words: words.synced };
}
