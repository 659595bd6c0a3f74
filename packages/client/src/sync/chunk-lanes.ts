import { unpackChunkNames } from '@dataans/core';
import { DivergenceError } from '../findings/divergence.ts';
import { findingsOf } from '../findings/integrity-error.ts';
import { isFetchedUnder, readFetchPolicy } from '../files/fetch-policy.ts';
import type { Entity } from '../store/entities.ts';
import { checkChunks } from './check-chunks.ts';
import { isCheckDue } from './check-due.ts';
import { fetchFiles } from './fetch-files.ts';
import { mendChunks } from './mend-chunks.ts';
import { hasNoRoom } from './has-no-room.ts';
import { healAndExchange } from './operations-lane.ts';
import { sendFiles } from './send-files.ts';
import type { SyncRun } from './sync-run.ts';

type Looker = Pick<SyncRun, 'store' | 'clock' | 'transfers' | 'findings' | 'defaultPolicy'>;

/** Whether there may be chunks to send to the server that is followed. Asks nobody. */
export function mayHaveToSend({ store, clock, transfers, findings }: Omit<Looker, 'defaultPolicy'>): boolean {
  if (store.log.cursor() === null) return false;
  return (
    store.log.outboxCount() > store.log.outboxCount(transfers.ready()) ||
    findings.of('verify-chunks').count > 0 ||
    isCheckDue(store.facts, 'chunks-checked', clock.now()) !== false
  );
}

/** Brings chunks to the server, beside the lane of operations. Only under its own lock. // SYN-26 */
export async function runSendLane(run: SyncRun): Promise<void> {
  const before = run.problems.length;
  await sendOrHeal(run);
  const isFull = run.problems.slice(before).some(({ code }) => hasNoRoom(code));
  if (!isFull) {
    await mendChunks(run);
    await checkChunks(run);
  }
  run.findings.replace('send', findingsOf(run.problems.slice(before)));
}

/** A server that says that its log is another one is healed before it gets anything. // HEAL-1 */
async function sendOrHeal(run: SyncRun): Promise<void> {
  const log = run.store.log.cursor()?.log;
  try {
    await sendToFollowed(run);
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    const healOnce = async (): Promise<void> => {
      // The lane of operations may have healed it meanwhile.
      if (run.store.log.cursor()?.log === log) await healAndExchange(run, error);
    };
    await run.lock.hold(run.lockWaitMs, healOnce, run.signal);
    await sendToFollowed(run);
  }
}

async function sendToFollowed(run: SyncRun): Promise<void> {
  const followed = run.store.log.cursor();
  if (followed !== null) await sendFiles(run, followed);
}

/** Contents that are to be here and are not known to be. // FIL-4, FIL-7 */
export async function listWanted({
  store,
  chunks,
  transfers,
  defaultPolicy,
}: Pick<SyncRun, 'store' | 'chunks' | 'transfers' | 'defaultPolicy'>): Promise<readonly Entity<'file'>[]> {
  if (store.files.incompleteCount() === 0) return [];
  const policy = readFetchPolicy(store.facts, defaultPolicy);
  const wishes = store.files.wishes();
  const wanted: Entity<'file'>[] = [];
  for (const file of store.files.incomplete()) {
    const wish = wishes.get(file.id) ?? (isFetchedUnder(policy, file.value) || null);
    if (wish ?? (transfers.isFirstLook(file.id, file.value.chunks) && (await isHeld(chunks, file))))
      wanted.push(file);
  }
  return wanted;
}

/** One that was renamed elsewhere may be whole here all the same. */
async function isHeld(chunks: SyncRun['chunks'], { value }: Entity<'file'>): Promise<boolean> {
  for (const name of unpackChunkNames(value.chunks) ?? []) if (!(await chunks.has(name))) return false;
  return true;
}

/** Fetches contents, beside the lane of operations. Only under its own lock. // SYN-26 */
export async function runFetchLane(run: SyncRun): Promise<void> {
  const before = run.problems.length;
  await fetchFiles(run, () => listWanted(run));
  run.findings.replace('download', findingsOf(run.problems.slice(before)));
}
