import { utf8ToBytes } from '../bytes/bytes.ts';
import { kdfIterations, kdfIterationsMax } from '../limits.ts';
import type { DerivationKey, Primitives } from '../primitives/primitives.ts';
import { sealPassphrase } from './account-passphrase.ts';
import { makeProofs, proveAccount } from './account-proof.ts';
import type { AccountRecord, KdfParameters, ProvableRecord } from './account-record.ts';
import { unlockKeyring, type Keyring } from './keyring.ts';
import { openKeyring, sealKeyring, splitKeyring } from './sealed-keyring.ts';

/** The two secrets that a person keeps. */
export interface Credentials {
  readonly password: string;
  readonly passphrase: string;
}

export type OpenedAccount =
  | {
      readonly ok: true;
      readonly keyring: Keyring;
      /** 0 for a record of version 1, which has none. */
      readonly revision: number;
    }
  | {
      readonly ok: false;
      /** `weak-kdf`: somebody asks for fewer iterations than are safe, or for absurdly many. */
      readonly code: 'wrong-credentials' | 'weak-kdf' | 'malformed';
    };

/**
 * The record for a new account, or for new credentials of an old one. Takes about 0.2 s. // KEY-8
 *
 * @param revision one more than that of the record in whose place it comes; 1 for a new account
 */
export async function sealAccount(
  primitives: Primitives,
  credentials: Credentials,
  keyring: Keyring,
  revision = 1,
): Promise<ProvableRecord> {
  const kdf: KdfParameters = { name: 'PBKDF2-HMAC-SHA-256', iterations: kdfIterations };
  const rootKey = await deriveRootKey(primitives, credentials, kdf);
  const { current, byId } = await unlockKeyring(primitives, keyring);
  const { passphrase } = credentials;
  const unproven = {
    version: 2,
    kdf,
    revision,
    keyring: await sealKeyring(primitives, rootKey, { kdf, keyring, revision }),
    passphrase: await sealPassphrase(primitives, current, { passphrase, revision }),
  } as const;
  return { ...unproven, proofs: await makeProofs(primitives, [...byId.values()], unproven) };
}

/** Opening proves the password and the passphrase: nothing is written before. // KEY-2, KEY-3 */
export async function openAccount(
  primitives: Primitives,
  credentials: Credentials,
  record: AccountRecord,
): Promise<OpenedAccount> {
  const { kdf } = record;
  if (kdf.iterations < kdfIterations || kdf.iterations > kdfIterationsMax)
    return { ok: false, code: 'weak-kdf' };
  const split = splitKeyring(record);
  if (split === null) return { ok: false, code: 'malformed' };
  const rootKey = await deriveRootKey(primitives, credentials, kdf);
  const opened = await openKeyring(primitives, rootKey, kdf, split);
  if (!opened.ok || record.version === 1) return opened;
  return (await isWhole(primitives, opened, record)) ? opened : { ok: false, code: 'malformed' };
}

/** Whoever sealed the keyring said the rest of the record as well. // KEY-12 */
async function isWhole(
  primitives: Primitives,
  { keyring, revision }: { readonly keyring: Keyring; readonly revision: number },
  record: ProvableRecord,
): Promise<boolean> {
  const isNumbered = revision === record.revision;
  const hasProofs =
    keyring.keys.length === record.proofs.length &&
    keyring.keys.every(({ id }, index) => record.proofs[index]?.key === id);
  if (!isNumbered || !hasProofs) return false;
  return (await proveAccount(primitives, await unlockKeyring(primitives, keyring), record)) !== null;
}

/** password and passphrase → root key. // KEY-1 */
function deriveRootKey(
  primitives: Primitives,
  credentials: Credentials,
  kdf: KdfParameters,
): Promise<DerivationKey> {
  const password = primitives.hash(utf8ToBytes(credentials.password.normalize('NFC')));
  const salt = primitives.hash(utf8ToBytes(credentials.passphrase.normalize('NFC')));
  return primitives.stretchPassword(password, salt, kdf.iterations);
}
