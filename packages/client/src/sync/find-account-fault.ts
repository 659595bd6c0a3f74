import type { LogId } from '@dataans/core';
import { judgeRecord } from '../account/judge-record.ts';
import { explainAccount, rolledBackAccount } from '../findings/account-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { findingOf } from '../findings/integrity-error.ts';
import type { SyncRun } from './sync-run.ts';

type Question = Pick<SyncRun, 'connection' | 'primitives' | 'keyring' | 'keptRecord' | 'signal'>;

/**
 * What is wrong with the account record that the server has now; `null` where it is the kept one, or a newer one of the
 * same account. Changes nothing. // VFY-7
 *
 * @param log the log that the server must have
 */
export async function findAccountFault(question: Question, log: LogId): Promise<Finding | null> {
  try {
    return await compareAccount(question, log);
  } catch (error) {
    const finding = findingOf(error);
    if (finding === null) throw error;
    return finding;
  }
}

async function compareAccount(
  { connection, primitives, keyring, keptRecord, signal }: Question,
  log: LogId,
): Promise<Finding | null> {
  const { address } = connection;
  const kept = await keptRecord.read();
  const record = (await connection.readAccount(signal, log))?.record ?? null;
  if (record === null) return explainAccount(address, { kind: 'unproven', kept, record });
  if (kept === null) return null;
  const { kind } = await judgeRecord(primitives, keyring, kept, record);
  switch (kind) {
    case 'same':
    case 'newer':
      return null;
    case 'older':
      return rolledBackAccount(address);
    case 'divided':
    case 'unproven':
      return explainAccount(address, { kind, kept, record });
  }
}
