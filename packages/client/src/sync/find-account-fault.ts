import type { LogId } from '@dataans/core';
import { compareAccount } from '../findings/account-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { findingOf } from '../findings/integrity-error.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * What is wrong with the account record that the server has now; `null` where it is the kept one. // VFY-6
 *
 * @param log the log that the server must have
 */
export async function findAccountFault(
  { connection, keptRecord, signal }: Pick<SyncRun, 'connection' | 'keptRecord' | 'signal'>,
  log: LogId,
): Promise<Finding | null> {
  try {
    return compareAccount(
      connection.address,
      await keptRecord.read(),
      await connection.readAccount(signal, log),
    );
  } catch (error) {
    const finding = findingOf(error);
    if (finding === null) throw error;
    return finding;
  }
}
