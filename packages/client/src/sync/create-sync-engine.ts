import { DataansError } from '@dataans/core';
import { findingOf } from '../findings/integrity-error.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { coalesce, type Coalesced } from '../parallel/coalesce.ts';
import { msToIso, timeTextToMs } from '../platform/time-text.ts';
import { writeLastProblem } from '../status/last-problem.ts';
import type { Facts } from '../store/facts.ts';
import { listWanted, mayHaveToSend, runFetchLane, runSendLane } from './chunk-lanes.ts';
import { readClockDifference } from '../status/clock-difference.ts';
import { runOperationsLane, sendFollowing } from './operations-lane.ts';
import { createPauses } from './pauses.ts';
import type { SyncEngine, SyncOptions, SyncReport } from './sync-engine.ts';
import { emptyTally, type SyncDependencies, type SyncRun } from './sync-run.ts';
import type { Transfers } from './transfers.ts';
import { createWake } from './wake.ts';
import { watch, type Lane, type LaneOptions, type Lanes } from './watch.ts';

const lockWaitMs = 60_000;
const successPrecisionMs = 5_000;
const never = new AbortController().signal;
/** Operations of files that are worth a request of their own while others still wait for their chunks. */
const followersAtOnce = 50;

export interface EngineDependencies extends SyncDependencies {
  readonly transfers: Transfers;
}

export function createSyncEngine(dependencies: EngineDependencies): SyncEngine {
  const watches = new Set<() => void>();
  const problems = createLaneProblems(dependencies.store.facts);
  const lanes = createLanes(dependencies, problems);
  return {
    sync: (options = {}) => syncOnce(dependencies, problems, options),
    watch: async (options) => {
      const wake = createWake(dependencies.clock);
      const fetchWake = createWake(dependencies.clock);
      const pauses = createPauses(dependencies.clock);
      const retryNow = (): void => {
        pauses.end();
        wake.signal();
        fetchWake.signal(); // Others may be wanted now.
      };
      watches.add(retryNow);
      await watch({ ...dependencies, lanes, wake, fetchWake, pauses }, options).finally(() =>
        watches.delete(retryNow),
      );
    },
    retry: () => {
      for (const retryNow of watches) retryNow();
    },
  };
}

/** All lanes one after another, each to its end. */
async function syncOnce(
  dependencies: EngineDependencies,
  problems: LaneProblems,
  options: SyncOptions,
): Promise<SyncReport> {
  const { lock, sendLock, fetchLock, transfers } = dependencies;
  const following = coalesce(() => lock.hold(run.lockWaitMs, () => sendFollowing(run), run.signal));
  const onReady = (): void => {
    if (transfers.ready().size >= followersAtOnce) following.request();
  };
  const signal = options.signal ?? never;
  const waitMs = options.waitMs ?? lockWaitMs;
  const run = await lock.hold(
    waitMs,
    async () => {
      const begun = await beginRun(dependencies, { ...options, onReady });
      await recordFailure(begun, () => runOperationsLane(begun, options.witness));
      return begun;
    },
    signal,
  ); // SYN-12
  await recordFailure(run, async () => {
    if (mayHaveToSend(run) || mayFollow(run))
      await sendLock.hold(waitMs, () => sendAll(run, following), signal);
    if (options.fetchFiles !== false && (await listWanted(run)).length > 0)
      await fetchLock.hold(waitMs, () => runFetchLane(run), signal);
  });
  problems.settle('operations', run);
  problems.settle('send', null);
  problems.settle('fetch', null);
  noteSuccess(run);
  return report(run);
}

/** Whether another run has brought chunks whose operations it has not sent yet. */
function mayFollow({ store, transfers, refusals }: SyncRun): boolean {
  const ready = transfers.ready().difference(refusals.places);
  return ready.size > 0 && store.log.outboxCount(ready) > store.log.outboxCount(new Set());
}

/** Chunks, and the operations that follow them. */
async function sendAll(run: SyncRun, following: Coalesced): Promise<void> {
  try {
    await runSendLane(run);
    if (run.transfers.ready().size > 0) following.request();
  } finally {
    await following.end(); // Nothing goes on behind the caller's back.
  }
}

/** Each lane for itself, for a watch. */
function createLanes(dependencies: EngineDependencies, problems: LaneProblems): Lanes {
  const { lock, sendLock, fetchLock } = dependencies;
  const runLane = (
    lane: Lane,
    held: SyncDependencies['lock'],
    work: (run: SyncRun) => Promise<void>,
    options: LaneOptions,
  ): Promise<SyncReport> =>
    held.hold(
      lockWaitMs,
      async () => {
        const run = await beginRun(dependencies, options);
        await recordFailure(run, () => work(run));
        problems.settle(lane, run);
        if (lane === 'operations') noteSuccess(run);
        return report(run);
      },
      options.signal,
    );
  return {
    operations: (options) => runLane('operations', lock, runOperationsLane, options),
    send: (options) => runLane('send', sendLock, runSendLane, options),
    fetch: (options) => runLane('fetch', fetchLock, runFetchLane, options),
  };
}

async function beginRun(
  dependencies: EngineDependencies,
  { signal, onProgress, onReady, waitMs }: SyncOptions & Pick<SyncRun, 'onReady'>,
): Promise<SyncRun> {
  const { store } = dependencies;
  return {
    ...dependencies,
    keyring: await dependencies.readKeyring(),
    signal: signal ?? never,
    lockWaitMs: waitMs ?? lockWaitMs,
    operationsBefore: store.log.operationCount(),
    onProgress: onProgress ?? (() => undefined),
    onReady,
    findings: createKeptFindings(store.facts),
    tally: emptyTally(),
    refusals: { places: new Set(), stopped: false },
    problems: [],
  };
}

async function recordFailure(run: SyncRun, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const finding = findingOf(error);
    if (finding !== null) run.findings.add('exchange', [finding]);
    if (error instanceof DataansError) writeLastProblem(run.store.facts, error);
    throw error;
  }
}

/** What each lane could not do when it last came to its end: one that could do all is no news of another. */
interface LaneProblems {
  /** @param run what the lane has done; `null` if another run has done its work */
  settle(lane: Lane, run: SyncRun | null): void;
}

const lanesInOrder: readonly Lane[] = ['operations', 'send', 'fetch'];

function createLaneProblems(facts: Facts): LaneProblems {
  const problemByLane = new Map<Lane, DataansError>();
  return {
    settle: (lane, run) => {
      const [problem] = run?.problems ?? [];
      if (problem === undefined) problemByLane.delete(lane);
      else problemByLane.set(lane, problem);
      const told = lanesInOrder.map((each) => problemByLane.get(each)).find((each) => each !== undefined);
      writeLastProblem(facts, told ?? null);
    },
  };
}

/** Each note of it costs a transaction: while syncs follow one another closely, one of them is enough. */
function noteSuccess({ store, clock, problems }: SyncRun): void {
  if (problems.length > 0) return;
  const nowMs = clock.now();
  const lastMs = timeTextToMs(store.facts.read('last-sync') ?? '') ?? 0;
  if (Math.abs(nowMs - lastMs) >= successPrecisionMs) store.facts.write('last-sync', msToIso(nowMs), 'soon');
}

function report({ tally, store, problems }: SyncRun): SyncReport {
  return { ...tally, ...readClockDifference(store.facts), problems };
}
