import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import { concatBytes, utf8ToBytes, writeUint32 } from '../bytes/bytes.ts';
import { kdfIterations, kdfIterationsMax } from '../limits.ts';
import type { Primitives, SealingKey } from '../sealing/primitives.ts';
import type { AccountRecord, KdfParameters } from './account-record.ts';
import { decodeKeyring, encodeKeyring, type Keyring } from './keyring.ts';

/** The two secrets that a person keeps. */
export interface Credentials {
  readonly password: string;
  readonly passphrase: string;
}

export type OpenedAccount =
  | { readonly ok: true; readonly keyring: Keyring }
  | {
      readonly ok: false;
      /** `weak-kdf`: somebody asks for fewer iterations than are safe, or for absurdly many. */
      readonly code: 'wrong-credentials' | 'weak-kdf' | 'malformed';
    };

const keyringVersion = 1;
const nonceBytes = 12;
const ciphertextStart = 1 + nonceBytes;
const tagBytes = 16;

/** The record for a new account, or for new credentials of an old one. Takes about 0.2 s. // KEY-8 */
export async function sealAccount(
  primitives: Primitives,
  credentials: Credentials,
  keyring: Keyring,
): Promise<AccountRecord> {
  const kdf: KdfParameters = { name: 'PBKDF2-HMAC-SHA-256', iterations: kdfIterations };
  const key = await deriveKeyringKey(primitives, credentials, kdf);
  const nonce = primitives.randomBytes(nonceBytes);
  const request = { nonce, plaintext: encodeKeyring(keyring), additionalData: keyringContext(kdf) };
  const [ciphertext] = await primitives.sealMany(key, [request]);
  if (ciphertext === undefined) throw new TypeError('Sealing gave no result.');
  const sealed = concatBytes(Uint8Array.of(keyringVersion), nonce, ciphertext);
  return { version: 1, kdf, keyring: bytesToBase64url(sealed) };
}

/** Opening proves the password and the passphrase: nothing is written before. // KEY-2, KEY-3 */
export async function openAccount(
  primitives: Primitives,
  credentials: Credentials,
  record: AccountRecord,
): Promise<OpenedAccount> {
  const { iterations } = record.kdf;
  if (iterations < kdfIterations || iterations > kdfIterationsMax) return { ok: false, code: 'weak-kdf' };
  const sealed = base64urlToBytes(record.keyring);
  if (sealed === null || sealed.length < ciphertextStart + tagBytes || sealed[0] !== keyringVersion) {
    return { ok: false, code: 'malformed' };
  }
  const key = await deriveKeyringKey(primitives, credentials, record.kdf);
  const request = {
    nonce: sealed.subarray(1, ciphertextStart),
    sealed: sealed.subarray(ciphertextStart),
    additionalData: keyringContext(record.kdf),
  };
  const [encoded] = await primitives.openMany(key, [request]);
  if (encoded === undefined || encoded === null) return { ok: false, code: 'wrong-credentials' };
  const keyring = decodeKeyring(encoded);
  return keyring === null ? { ok: false, code: 'malformed' } : { ok: true, keyring };
}

/** password and passphrase → root key → keyring key. // KEY-1, KEY-3 */
async function deriveKeyringKey(
  primitives: Primitives,
  credentials: Credentials,
  kdf: KdfParameters,
): Promise<SealingKey> {
  const password = primitives.hash(utf8ToBytes(credentials.password.normalize('NFC')));
  const salt = primitives.hash(utf8ToBytes(credentials.passphrase.normalize('NFC')));
  const rootKey = await primitives.stretchPassword(password, salt, kdf.iterations);
  return primitives.deriveSealingKey(rootKey, 'dataans/keyring/1');
}

/** `"dataans/keyring/1" | version (1) | iterations (4)`: changed parameters do not open. // KEY-3 */
function keyringContext(kdf: KdfParameters): Uint8Array {
  const iterations = new Uint8Array(4);
  writeUint32(iterations, 0, kdf.iterations);
  return concatBytes(utf8ToBytes('dataans/keyring/1'), Uint8Array.of(keyringVersion), iterations);
}
