import { readAccountTag } from '../store/account-facts.ts';
import { explainAccount } from '../findings/account-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { msToIso } from '../platform/time-text.ts';
import type { Cursor } from '../store/local-log.ts';
import { isCheckDue } from './check-due.ts';
import { settleAccount } from './settle-account.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Settles the account record when the server names another one than it did, once a day, and as long as something
 * is wrong with it. // VFY-6, ACC-20
 */
export async function checkAccount(run: SyncRun): Promise<void> {
  const { store, clock, findings, connection } = run;
  const followed = store.log.cursor();
  if (followed === null) return;
  const now = clock.now();
  const isDue = isCheckDue(store.facts, 'account-checked', now);
  const named = connection.accountTag();
  const isOther =
    (named !== null && named !== readAccountTag(store.facts)) || (await run.keptRecord.read()) === null;
  if (isDue === null && !isOther) return store.facts.write('account-checked', msToIso(now), 'soon'); // Signing in has just read it.
  if (isDue !== true && !isOther && findings.of('account').count === 0) return;
  findings.replace('account', await findFault(run, followed));
  store.facts.write('account-checked', msToIso(now));
}

async function findFault(run: SyncRun, { log }: Cursor): Promise<readonly Finding[]> {
  const outcome = await settleAccount(run, log);
  switch (outcome.kind) {
    case 'settled':
      return [];
    case 'damaged':
      return [outcome.finding];
    case 'divided':
    case 'unproven':
      return [explainAccount(run.connection.address, outcome)];
    case 'nothing-kept':
      // A home that was signed in before records were kept gets one while the server still has it. // HEAL-5
      if (outcome.record !== null) await run.keptRecord.write(outcome.record, null);
      return [];
  }
}
