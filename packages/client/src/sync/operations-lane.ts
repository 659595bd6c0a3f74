import { DataansError } from '@dataans/core';
import { readAwaitedKeys, writeAwaitedKeys } from '../store/account-facts.ts';
import { followLog } from '../account/follow-log.ts';
import { namedHead } from '../connection/named-head.ts';
import { DivergenceError } from '../findings/divergence.ts';
import { findingsOf } from '../findings/integrity-error.ts';
import { endHealing } from '../status/last-healing.ts';
import { judgeDeletions } from '../status/mass-deletion.ts';
import { endFirstSync } from '../store/first-sync.ts';
import type { Cursor } from '../store/local-log.ts';
import { judgeWitnesses } from '../witness/judge-witnesses.ts';
import { recordWitness } from '../witness/record-witness.ts';
import { checkAccount } from './check-account.ts';
import { compareClocks } from './compare-clocks.ts';
import { fetchAwaited } from './fetch-awaited.ts';
import { heal } from './heal.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { retryQuarantine } from './retry-quarantine.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Sends and gets operations, and waits for no chunk. Only under the lock. // SYN-12, SYN-26
 *
 * @param witness says what was seen, also if that is not due
 */
export async function runOperationsLane(run: SyncRun, witness = false): Promise<void> {
  const { store, clock } = run;
  try {
    store.log.leaveClockAhead(clock.now());
    await retryQuarantine(run);
    await recordWitness(run, witness);
    await exchangeOrHeal(run);
    endFirstSync(store.facts);
    await fetchAwaited(run);
    await checkAccount(run); // What others have seen of it is compared with what is kept then. // WIT-4
    await judgeWitnesses(run);
  } catch (error) {
    judgeDeletions(store, clock.now(), false);
    throw error;
  }
  compareClocks(run);
  run.tally.massDeletion = judgeDeletions(store, clock.now(), true);
  // What was found earlier in these parts is settled when they come to their end without it. // VFY-2
  run.findings.replace('exchange', findingsOf(run.problems));
  tellAwaitedKeys(run);
  noteHealed(run);
}

/** Operations of files follow their chunks. Only under the lock. */
export async function sendFollowing(run: SyncRun): Promise<void> {
  await exchangeOrHeal(run);
  noteHealed(run);
}

/** A log that is not the one that was followed is followed anew, once. // HEAL-1 */
async function exchangeOrHeal(run: SyncRun): Promise<void> {
  try {
    await exchangeOperations(run);
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    await healAndExchange(run, error);
  }
}

/** Only under the lock. @throws the suspicion, where the log is the followed one after all // HEAL-1 */
export async function healAndExchange(run: SyncRun, suspicion: DivergenceError): Promise<void> {
  await heal(run, suspicion);
  await recordWitness(run); // Before others compare what this device said of the log that was.
  await exchangeOperations(run);
}

/** One request where nothing changed, or where only one side has something. // SYN-16 */
async function exchangeOperations(run: SyncRun): Promise<void> {
  const { store, transfers } = run;
  const cursor = store.log.cursor() ?? (await meetServer(run));
  if (store.log.outboxCount(transfers.ready()) === 0) {
    await pull(run, cursor);
    return;
  }
  const pushed = await push(run, cursor);
  if (!pushed.atHead) await pull(run, pushed.cursor);
}

/** A home that was signed in before sign-ins said which log to follow. */
async function meetServer({ store, connection, primitives, signal }: SyncRun): Promise<Cursor> {
  const answer = await connection.readLog(signal);
  return followLog(store, primitives.hash, { log: answer.log, head: namedHead(answer) });
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

/** The server has everything again that this device has. // HEAL-8 */
function noteHealed({ store, tally }: SyncRun): void {
  if (store.log.outboxCount() === 0) tally.healed = endHealing(store.facts) ?? tally.healed;
}
