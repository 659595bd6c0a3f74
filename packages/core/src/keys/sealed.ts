import type { DataKeyId } from './data-key.ts';
import { bytesToHex } from '../bytes/hex.ts';
import { sealedOverheadBytes } from '../limits.ts';

/** The only version of envelopes and chunks there is. */
export const sealedVersion = 1;

const keyIdStart = 1;
const nonceStart = keyIdStart + 4;
const ciphertextStart = nonceStart + 12;

/** `version (1) | data key id (4) | nonce (12) | ciphertext and tag` // ENV-1, CHK-2 */
export function joinSealed(keyId: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(ciphertextStart + ciphertext.length);
  sealed[0] = sealedVersion;
  sealed.set(keyId, keyIdStart);
  sealed.set(nonce, nonceStart);
  sealed.set(ciphertext, ciphertextStart);
  return sealed;
}

/** Bytes in front of the nonce. */
export const sealedHeaderBytes = nonceStart;

/**
 * What sealed bytes say of themselves, as far as they go; the rest of them is not needed. Nothing is proven.
 *
 * @returns `null` for the key where the version is not ours: there it may stand elsewhere
 */
export function readSealedHeader(header: Uint8Array): {
  readonly version: number | null;
  readonly keyId: DataKeyId | null;
} {
  const version = header[0] ?? null;
  const isWhole = version === sealedVersion && header.length >= sealedHeaderBytes;
  return { version, keyId: isWhole ? readKeyId(header) : null };
}

export type SplitSealed =
  | {
      readonly ok: true;
      readonly keyId: DataKeyId;
      readonly nonce: Uint8Array;
      readonly ciphertext: Uint8Array;
    }
  | { readonly ok: false; readonly code: 'malformed' | 'unknown-version' };

/** The parts as views. Nothing is proven yet: only opening does that. */
export function splitSealed(sealed: Uint8Array): SplitSealed {
  if (sealed.length < sealedOverheadBytes) return { ok: false, code: 'malformed' };
  if (sealed[0] !== sealedVersion) return { ok: false, code: 'unknown-version' };
  return {
    ok: true,
    keyId: readKeyId(sealed),
    nonce: sealed.subarray(nonceStart, ciphertextStart),
    ciphertext: sealed.subarray(ciphertextStart),
  };
}

function readKeyId(sealed: Uint8Array): DataKeyId {
  // Four bytes of hexadecimal are what a data key id is.
  return bytesToHex(sealed.subarray(keyIdStart, nonceStart)) as DataKeyId;
}
