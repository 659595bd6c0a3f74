import {
  DataansError,
  generatePassphrase,
  openAccount,
  sealAccount,
  type AccountRecord,
  type Keyring,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import { explainAccount } from '../findings/account-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import type { FoundAccount } from '../connection/account-connection.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import { encodeRecord, tagOf } from '../connection/account-tag.ts';
import { judgeRecord } from './judge-record.ts';
import { isSameRecord } from './kept-record.ts';
import { changedAtOnce, explainRefusal, requirePassword } from './sign-in-refusals.ts';

export interface PasswordChange {
  readonly password: Secret;
  readonly newPassword: Secret;
  /** Generates another passphrase as well. */
  readonly newPassphrase: boolean;
  readonly signal?: AbortSignal;
}

export interface PasswordQuestion extends PasswordChange {
  readonly connection: Pick<ServerConnection, 'address' | 'readAccount' | 'replaceAccount'>;
  readonly primitives: Primitives;
  readonly keyring: UnlockedKeyring;
  /** The record that this device keeps; `null` where it keeps none. */
  readonly kept: AccountRecord | null;
  /** As this device knows it. */
  readonly passphrase: Secret;
}

export interface ChangedAccount {
  readonly record: AccountRecord;
  /** What the server calls that record. // SRV-70 */
  readonly tag: string;
  readonly keyring: Keyring;
  /** In force from now on. */
  readonly passphrase: Secret;
  /** The server had an older record than this device, and got the newer one first. // ACC-20 */
  readonly wasRolledBack: boolean;
}

/** Others change it at the same moment at most a few times. */
const attemptsMax = 4;

/**
 * Seals the same keyring for new secrets, in the place of the server's record. Changes nothing on this device. // ACC-23
 *
 * @throws DataansError `wrong-credentials` where the old secrets do not open it, `integrity`, `busy`, or what the
 * connection says; where that is `server-unreachable`, it may have been changed
 */
export async function changePassword(question: PasswordQuestion): Promise<ChangedAccount> {
  requirePassword(question.newPassword);
  const { connection, primitives, signal } = question;
  const generated = question.newPassphrase ? createSecret(generatePassphrase(primitives.randomBytes)) : null;
  let wasRolledBack = false;
  let sent: ChangedAccount | null = null;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const found = await requireAccount(connection, signal);
    // The answer to an earlier attempt was lost on its way.
    if (sent !== null && isSameRecord(sent.record, found.record)) return sent;
    const judged = await judge(question, found);
    const tag = tagOf(primitives.hash, found.encoded);
    if (judged.older !== null) {
      await connection.replaceAccount(judged.older, tag, signal);
      wasRolledBack = true;
      continue;
    }
    const next = await reseal(question, found.record, judged.passphrase, generated);
    sent = { ...next, tag: tagOf(primitives.hash, encodeRecord(next.record)), wasRolledBack };
    if (await connection.replaceAccount(sent.record, tag, signal)) return sent;
  }
  throw changedAtOnce(connection.address);
}

async function requireAccount(
  { address, readAccount }: PasswordQuestion['connection'],
  signal: AbortSignal | undefined,
): Promise<FoundAccount> {
  const found = await readAccount(signal);
  if (found !== null) return found;
  throw new DataansError('server-failed', `${address} no longer has an account.`, {
    advice: 'Nothing was changed. Sync this device, which sends the account again, then try again.',
  });
}

/** @returns the kept record where the server's is older, and the passphrase that goes with the server's */
async function judge(
  { connection, primitives, keyring, kept, passphrase }: PasswordQuestion,
  { record }: FoundAccount,
): Promise<{ readonly older: AccountRecord | null; readonly passphrase: Secret }> {
  if (kept === null) return { older: null, passphrase };
  const judged = await judgeRecord(primitives, keyring, kept, record);
  switch (judged.kind) {
    case 'same':
      return { older: null, passphrase };
    case 'older':
      return { older: kept, passphrase };
    case 'newer':
      return {
        older: null,
        passphrase: judged.passphrase === null ? passphrase : createSecret(judged.passphrase),
      };
    case 'divided':
    case 'unproven':
      throw new IntegrityError(explainAccount(connection.address, { kind: judged.kind, kept, record }));
  }
}

async function reseal(
  { connection, primitives, password, newPassword }: PasswordQuestion,
  record: AccountRecord,
  passphrase: Secret,
  generated: Secret | null,
): Promise<Pick<ChangedAccount, 'record' | 'keyring' | 'passphrase'>> {
  const former = { password: password.reveal(), passphrase: passphrase.reveal() };
  const opened = await openAccount(primitives, former, record);
  if (!opened.ok) throw explainRefusal(opened.code, connection.address, former.passphrase);
  const next = generated ?? passphrase;
  const credentials = { password: newPassword.reveal(), passphrase: next.reveal() };
  const { keyring, revision } = opened;
  return {
    record: await sealAccount(primitives, credentials, keyring, revision + 1),
    keyring,
    passphrase: next,
  };
}
