import type { AccountRecord, DataKeyId, LogId } from '@dataans/core';
import { encodeRecord, tagOf } from '../connection/account-tag.ts';
import { writeAccountTag, writeAwaitedKeys } from '../store/account-facts.ts';
import { judgeRecord, keysOf, type RecordJudgement } from '../account/judge-record.ts';
import { rolledBackAccount } from '../findings/account-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { findingOf } from '../findings/integrity-error.ts';
import type { FoundAccount } from '../connection/account-connection.ts';
import type { SyncRun } from './sync-run.ts';

export type AccountOutcome =
  /** The server and this device have the same record now. */
  | { readonly kind: 'settled' }
  /** This device has never kept one. */
  | { readonly kind: 'nothing-kept'; readonly record: AccountRecord | null }
  /** The server's is left there, and not kept here. */
  | {
      readonly kind: 'divided' | 'unproven';
      readonly kept: AccountRecord;
      readonly record: AccountRecord | null;
    }
  | { readonly kind: 'damaged'; readonly finding: Finding };

/** Others change it at the same moment at most a few times. */
const attemptsMax = 4;

/**
 * Makes the server's account record and the kept one the same, whichever is newer, without the password. // ACC-20, HEAL-5
 *
 * @param log the log that the server must have
 */
export async function settleAccount(run: SyncRun, log: LogId): Promise<AccountOutcome> {
  try {
    return await settleMoving(run, log);
  } catch (error) {
    const finding = findingOf(error);
    if (finding === null) throw error;
    writeAccountTag(run.store.facts, '');
    return { kind: 'damaged', finding };
  }
}

async function settleMoving(run: SyncRun, log: LogId): Promise<AccountOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await settleOnce(run, log);
    if (outcome.kind !== 'moved') return outcome;
    if (attempt === attemptsMax) return leaveForeign(run, outcome);
  }
}

type Moved = { readonly kind: 'moved'; readonly kept: AccountRecord; readonly record: AccountRecord | null };

async function settleOnce(run: SyncRun, log: LogId): Promise<AccountOutcome | Moved> {
  const { connection, primitives, keyring, signal } = run;
  const kept = await run.keptRecord.read();
  const found = await connection.readAccount(signal, log);
  const record = found?.record ?? null;
  if (kept === null) return { kind: 'nothing-kept', record };
  if (found === null) {
    if (!(await connection.createAccount(kept, signal))) return { kind: 'moved', kept, record };
    return noteKept(run, kept);
  }
  const judged = await judgeRecord(primitives, keyring, kept, found.record);
  switch (judged.kind) {
    case 'same':
      noteAwaited(run, keysOf(kept));
      writeAccountTag(run.store.facts, tagOf(primitives.hash, found.encoded));
      return { kind: 'settled' };
    case 'newer':
      return keepNewer(run, found, judged);
    case 'older': {
      const tag = tagOf(primitives.hash, found.encoded);
      if (!(await connection.replaceAccount(kept, tag, signal))) return { kind: 'moved', kept, record };
      run.findings.add('account-rollback', [rolledBackAccount(connection.address)]);
      return noteKept(run, kept);
    }
    case 'divided':
      // The tag stays the kept record's: nothing is sent to a server that has another one. // ACC-21
      return { kind: 'divided', kept, record };
    case 'unproven':
      return leaveForeign(run, { kept, record });
  }
}

/** What is sent goes on all the same: this device has seen a record with its keys there. */
function leaveForeign(
  { store }: SyncRun,
  { kept, record }: { readonly kept: AccountRecord; readonly record: AccountRecord | null },
): AccountOutcome {
  writeAccountTag(store.facts, '');
  return { kind: 'unproven', kept, record };
}

/** The server has taken the kept record. */
function noteKept({ store, primitives }: SyncRun, kept: AccountRecord): AccountOutcome {
  writeAccountTag(store.facts, tagOf(primitives.hash, encodeRecord(kept)));
  return { kind: 'settled' };
}

async function keepNewer(
  run: SyncRun,
  { record, encoded }: FoundAccount,
  { keys, passphrase }: Extract<RecordJudgement, { readonly kind: 'newer' }>,
): Promise<AccountOutcome> {
  await run.keptRecord.write(record, passphrase);
  noteAwaited(run, keys);
  writeAccountTag(run.store.facts, tagOf(run.primitives.hash, encoded));
  return { kind: 'settled' };
}

function noteAwaited({ store, keyring }: SyncRun, keys: readonly DataKeyId[]): void {
  writeAwaitedKeys(
    store.facts,
    keys.filter((id) => !keyring.byId.has(id)),
  );
}
