import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import {
  concatBytes,
  equalBytes,
  bytesToUint64,
  uint64ToBytes,
  utf8ToBytes,
  writeUint32,
} from '../bytes/bytes.ts';
import type { DerivationKey, Primitives } from '../primitives/primitives.ts';
import type { AccountRecord, KdfParameters } from './account-record.ts';
import { decodeKeyring, encodeKeyring, type Keyring } from './keyring.ts';

/** A keyring as a record holds it, taken apart; nothing is proven yet. */
export interface SplitKeyring {
  readonly version: 1 | 2;
  /** Says under which root key it opens; none in version 1. // KEY-11 */
  readonly commitment: Uint8Array | null;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export type OpenedKeyring =
  | { readonly ok: true; readonly keyring: Keyring; readonly revision: number }
  | { readonly ok: false; readonly code: 'wrong-credentials' | 'malformed' };

const nonceBytes = 12;
const commitmentBytes = 32;
const tagBytes = 16;
const revisionBytes = 8;

/** `0x02 | commitment (32) | nonce (12) | ciphertext and tag`, in base64url. // KEY-3, KEY-11 */
export async function sealKeyring(
  primitives: Primitives,
  rootKey: DerivationKey,
  {
    kdf,
    keyring,
    revision,
  }: { readonly kdf: KdfParameters; readonly keyring: Keyring; readonly revision: number },
): Promise<string> {
  const key = await primitives.deriveSealingKey(rootKey, 'dataans/keyring/1');
  const nonce = primitives.randomBytes(nonceBytes);
  const context = keyringContext(2, kdf);
  const plaintext = concatBytes(uint64ToBytes(revision), encodeKeyring(keyring));
  const [ciphertext] = await primitives.sealMany(key, [{ nonce, plaintext, additionalData: context }]);
  if (ciphertext === undefined) throw new TypeError('Sealing gave no result.');
  const commitment = await commitTo(primitives, rootKey, context);
  return bytesToBase64url(concatBytes(Uint8Array.of(2), commitment, nonce, ciphertext));
}

/** `null` where it is none of its record's version, or too short to be one. // KEY-3 */
export function splitKeyring({ version, keyring }: AccountRecord): SplitKeyring | null {
  const sealed = base64urlToBytes(keyring);
  const nonceStart = version === 1 ? 1 : 1 + commitmentBytes;
  const ciphertextStart = nonceStart + nonceBytes;
  if (sealed === null || sealed[0] !== version || sealed.length < ciphertextStart + tagBytes) return null;
  return {
    version,
    commitment: version === 1 ? null : sealed.subarray(1, nonceStart),
    nonce: sealed.subarray(nonceStart, ciphertextStart),
    ciphertext: sealed.subarray(ciphertextStart),
  };
}

export async function openKeyring(
  primitives: Primitives,
  rootKey: DerivationKey,
  kdf: KdfParameters,
  { version, commitment, nonce, ciphertext }: SplitKeyring,
): Promise<OpenedKeyring> {
  const context = keyringContext(version, kdf);
  if (commitment !== null && !equalBytes(commitment, await commitTo(primitives, rootKey, context)))
    return { ok: false, code: 'wrong-credentials' };
  const key = await primitives.deriveSealingKey(rootKey, 'dataans/keyring/1');
  const request = { nonce, sealed: ciphertext, additionalData: context };
  const [plaintext] = await primitives.openMany(key, [request]);
  if (plaintext === undefined || plaintext === null) return { ok: false, code: 'wrong-credentials' };
  const isNumbered = version === 2;
  const keyring = decodeKeyring(isNumbered ? plaintext.subarray(revisionBytes) : plaintext);
  const revision = isNumbered ? bytesToUint64(plaintext) : 0;
  return keyring === null || revision === null
    ? { ok: false, code: 'malformed' }
    : { ok: true, keyring, revision };
}

/**
 * AES-GCM does not commit to its key: without this, bytes could be made that open under several root keys, and who
 * sends them would learn from the answer which set of passwords the right one is in. // KEY-11
 */
async function commitTo(
  primitives: Primitives,
  rootKey: DerivationKey,
  context: Uint8Array,
): Promise<Uint8Array> {
  const key = await primitives.deriveMacKey(rootKey, 'dataans/keyring-commitment/1');
  const [commitment] = await primitives.macMany(key, [context]);
  if (commitment === undefined) throw new TypeError('There is no commitment.');
  return commitment;
}

/** `"dataans/keyring/" version | version (1) | iterations (4)`: changed parameters do not open. // KEY-3 */
function keyringContext(version: 1 | 2, kdf: KdfParameters): Uint8Array {
  const iterations = new Uint8Array(4);
  writeUint32(iterations, 0, kdf.iterations);
  return concatBytes(utf8ToBytes(`dataans/keyring/${version}`), Uint8Array.of(version), iterations);
}
