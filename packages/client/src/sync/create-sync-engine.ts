import { DataansError } from '@dataans/core';
import { readAwaitedKeys, writeAwaitedKeys } from '../store/account-facts.ts';
import { followLog } from '../account/follow-log.ts';
import { findingOf, findingsOf } from '../findings/integrity-error.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { msToIso, timeTextToMs } from '../platform/time-text.ts';
import type { Cursor } from '../store/local-log.ts';
import { checkAccount } from './check-account.ts';
import { checkChunks } from './check-chunks.ts';
import { readClockDifference } from '../status/clock-difference.ts';
import { compareClocks } from './compare-clocks.ts';
import { DivergenceError } from '../findings/divergence.ts';
import { downloadFiles } from './download-files.ts';
import { fetchAwaited } from './fetch-awaited.ts';
import { heal } from './heal.ts';
import { endHealing } from '../status/last-healing.ts';
import { writeLastProblem } from '../status/last-problem.ts';
import { judgeDeletions } from '../status/mass-deletion.ts';
import { mendChunks } from './mend-chunks.ts';
import { namedHead } from '../connection/named-head.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { retryQuarantine } from './retry-quarantine.ts';
import type { SyncEngine, SyncOptions, SyncReport } from './sync-engine.ts';
import { emptyTally, type SyncDependencies, type SyncRun } from './sync-run.ts';
import { createPauses } from './pauses.ts';
import { createWake } from './wake.ts';
import { watch } from './watch.ts';
import { judgeWitnesses } from '../witness/judge-witnesses.ts';
import { recordWitness } from '../witness/record-witness.ts';

const lockWaitMs = 60_000;
const successPrecisionMs = 5_000;
const never = new AbortController().signal;

export function createSyncEngine(dependencies: SyncDependencies): SyncEngine {
  const watches = new Set<() => void>();
  const sync = (options: SyncOptions = {}): Promise<SyncReport> =>
    dependencies.lock.hold(
      options.waitMs ?? lockWaitMs,
      () => runSync(dependencies, options),
      options.signal ?? never,
    ); // SYN-12
  return {
    sync,
    watch: async (options) => {
      const wake = createWake(dependencies.clock);
      const pauses = createPauses(dependencies.clock);
      const retryNow = (): void => {
        pauses.end();
        wake.signal();
      };
      watches.add(retryNow);
      await watch({ ...dependencies, sync, wake, pauses }, options).finally(() => watches.delete(retryNow));
    },
    retry: () => {
      for (const retryNow of watches) retryNow();
    },
  };
}

async function runSync(dependencies: SyncDependencies, options: SyncOptions): Promise<SyncReport> {
  const { store, clock } = dependencies;
  const run: SyncRun = {
    ...dependencies,
    keyring: await dependencies.readKeyring(),
    signal: options.signal ?? never,
    operationsBefore: store.log.operationCount(),
    onProgress: options.onProgress ?? (() => undefined),
    findings: createKeptFindings(store.facts),
    tally: emptyTally(),
    problems: [],
  };
  try {
    store.log.leaveClockAhead(clock.now());
    await retryQuarantine(run);
    await recordWitness(run, options.witness);
    await exchangeAndMend(run);
    if (options.fetchFiles !== false) await fetchFiles(run);
    tellAwaitedKeys(run);
  } catch (error) {
    judgeDeletions(store, clock.now(), false);
    const finding = findingOf(error);
    if (finding !== null) run.findings.add('exchange', [finding]);
    if (error instanceof DataansError) writeLastProblem(store.facts, error);
    throw error;
  }
  writeLastProblem(store.facts, run.problems[0] ?? null);
  if (run.problems.length === 0) noteSuccess(run);
  return { ...run.tally, ...readClockDifference(store.facts), problems: run.problems };
}

/** What was found earlier in these parts is settled when they come to their end without it. // VFY-2 */
async function exchangeAndMend(run: SyncRun): Promise<void> {
  await exchangeOrHeal(run);
  await fetchAwaited(run);
  await checkAccount(run); // What others have seen of it is compared with what is kept then. // WIT-4
  await judgeWitnesses(run);
  compareClocks(run);
  run.tally.massDeletion = judgeDeletions(run.store, run.clock.now(), true);
  run.findings.replace('exchange', findingsOf(run.problems));
  await mendChunks(run);
  await checkChunks(run);
  if (run.tally.held === 0) run.tally.healed = endHealing(run.store.facts);
}

async function fetchFiles(run: SyncRun): Promise<void> {
  const before = run.problems.length;
  await downloadFiles(run);
  run.findings.replace('download', findingsOf(run.problems.slice(before)));
}

/** What others seal under a key that is not here yet is kept, and opened after signing in again. // ACC-22 */
function tellAwaitedKeys({ store, keyring, problems, connection }: SyncRun): void {
  const awaited = readAwaitedKeys(store.facts).filter((id) => !keyring.byId.has(id)); // They may have come meanwhile.
  writeAwaitedKeys(store.facts, awaited);
  if (awaited.length === 0) return;
  problems.push(
    new DataansError(
      'not-signed-in',
      `The account on ${connection.address} has a new data key, and this device does not have it yet.`,
      {
        advice:
          'Sign in again on this device with your password. Changes that it cannot open are kept until then.',
      },
    ),
  );
}

/** Each note of it costs a transaction: while syncs follow one another closely, one of them is enough. */
function noteSuccess({ store, clock }: SyncRun): void {
  const nowMs = clock.now();
  const lastMs = timeTextToMs(store.facts.read('last-sync') ?? '') ?? 0;
  if (Math.abs(nowMs - lastMs) >= successPrecisionMs) store.facts.write('last-sync', msToIso(nowMs), 'soon');
}

/** A log that is not the one that was followed is followed anew, once. // HEAL-1 */
async function exchangeOrHeal(run: SyncRun): Promise<void> {
  try {
    await exchangeOperations(run);
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    await heal(run, error);
    await recordWitness(run); // Before others compare what this device said of the log that was.
    await exchangeOperations(run);
  }
}

/** One request where nothing changed, or where only one side has something. // SYN-16 */
async function exchangeOperations(run: SyncRun): Promise<void> {
  const cursor = run.store.log.cursor() ?? (await meetServer(run));
  if (run.store.log.outboxCount() === 0) {
    await pull(run, cursor);
    return;
  }
  const pushed = await push(run, cursor);
  run.tally.held = pushed.held;
  if (!pushed.atHead) await pull(run, pushed.cursor);
}

/** A home that was signed in before sign-ins said which log to follow. */
async function meetServer({ store, connection, primitives, signal }: SyncRun): Promise<Cursor> {
  const answer = await connection.readLog(signal);
  return followLog(store, primitives.hash, { log: answer.log, head: namedHead(answer) });
}
