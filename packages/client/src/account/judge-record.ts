import {
  proveAccount,
  type AccountRecord,
  type DataKeyId,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import { isSameRecord } from './kept-record.ts';

/** What a server's account record is beside the kept one, as far as the data keys show it. */
export type RecordJudgement =
  | { readonly kind: 'same' }
  /** Of this account, and to be kept from now on. */
  | {
      readonly kind: 'newer';
      readonly keys: readonly DataKeyId[];
      /** `null` where it is sealed under a key that is not here. */
      readonly passphrase: string | null;
    }
  /** Of this account, from before the kept one. */
  | { readonly kind: 'older' }
  /** Of this account, and each has a data key that the other lacks: they take the password to be joined. */
  | { readonly kind: 'divided' }
  | { readonly kind: 'unproven' };

/** Asks for no password. // ACC-20 */
export async function judgeRecord(
  primitives: Primitives,
  keyring: UnlockedKeyring,
  kept: AccountRecord,
  record: AccountRecord,
): Promise<RecordJudgement> {
  if (isSameRecord(kept, record)) return { kind: 'same' };
  // Nothing writes version 1 any more, so this one was there before the kept one. // KEY-10
  if (record.version === 1) return { kind: kept.version === 1 ? 'unproven' : 'older' };
  const proven = await proveAccount(primitives, keyring, record);
  if (proven === null) return { kind: 'unproven' };
  const { revision, keys, passphrase } = proven;
  if (revision < revisionOf(kept)) return { kind: holdsAll(keysOf(kept), keys) ? 'older' : 'divided' };
  return holdsAll(keys, keyring.byId.keys()) ? { kind: 'newer', keys, passphrase } : { kind: 'divided' };
}

/** 0 for a record of version 1. // KEY-10 */
export function revisionOf(record: AccountRecord): number {
  return record.version === 1 ? 0 : record.revision;
}

/** All data keys that the record says it has; none in version 1, which does not say. */
export function keysOf(record: AccountRecord): readonly DataKeyId[] {
  return record.version === 1 ? [] : record.proofs.map(({ key }) => key);
}

function holdsAll(keys: readonly DataKeyId[], wanted: Iterable<DataKeyId>): boolean {
  return [...wanted].every((id) => keys.includes(id));
}
