import { msToIso } from '../platform/time-text.ts';
import { isCheckDue } from './check-due.ts';
import { findAccountFault } from './find-account-fault.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Sees once a day, and as long as something was wrong with it, that the server's account record is the kept
 * one. A server that has lost it is given it again. // VFY-6
 */
export async function checkAccount(run: SyncRun): Promise<void> {
  const { store, clock, findings } = run;
  const kept = await run.keptRecord.read();
  if (kept === null) return keepRecord(run);
  const followed = store.log.cursor();
  if (followed === null) return;
  const now = clock.now();
  const isDue = isCheckDue(store.facts, 'account-checked', now);
  if (isDue === null) return store.facts.write('account-checked', msToIso(now), 'soon'); // Signing in has just read it.
  if (!isDue && findings.of('account').count === 0) return;
  const found = await findAccountFault(run, followed.log);
  const isGiven = found?.kind === 'account-missing' && (await run.connection.createAccount(kept, run.signal)); // HEAL-5
  findings.replace('account', found === null || isGiven ? [] : [found]);
  store.facts.write('account-checked', msToIso(now));
}

/** A home that was signed in before records were kept gets one while the server still has it. // HEAL-5 */
async function keepRecord({ keptRecord, connection, signal }: SyncRun): Promise<void> {
  const record = await connection.readAccount(signal);
  if (record !== null) await keptRecord.write(record);
}
