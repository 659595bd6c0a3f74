import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import {
  bytesToUtf8,
  concatBytes,
  readUint32,
  uint64ToBytes,
  utf8ToBytes,
  writeUint32,
} from '../bytes/bytes.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { joinSealed, sealedVersion, splitSealed } from './sealed.ts';
import type { ProvableRecord } from './account-record.ts';
import type { DataKey, DataKeyId } from './data-key.ts';

export type OpenedPassphrase =
  | {
      readonly ok: true;
      /** `null` where it is sealed under a key that is not held here. */
      readonly text: string | null;
    }
  | { readonly ok: false };

const lengthBytes = 4;
/** Words tell themselves by their length: all that anybody would write down take the same room. */
const blockBytes = 256;

/**
 * The passphrase for the other devices, in base64url: they hold the data key, and so never show one that is not in
 * force any more. // KEY-13
 */
export async function sealPassphrase(
  primitives: Primitives,
  key: DataKey,
  { passphrase, revision }: { readonly passphrase: string; readonly revision: number },
): Promise<string> {
  const nonce = primitives.randomBytes(12);
  const plaintext = padPassphrase(utf8ToBytes(passphrase));
  const additionalData = passphraseContext(key.idBytes, revision);
  const [ciphertext] = await primitives.sealMany(key.accountPassphraseKey, [
    { nonce, plaintext, additionalData },
  ]);
  if (ciphertext === undefined) throw new TypeError('Sealing gave no result.');
  return bytesToBase64url(joinSealed(key.idBytes, nonce, ciphertext));
}

export async function openPassphrase(
  primitives: Primitives,
  byId: ReadonlyMap<DataKeyId, DataKey>,
  { passphrase, revision }: Pick<ProvableRecord, 'passphrase' | 'revision'>,
): Promise<OpenedPassphrase> {
  const sealed = base64urlToBytes(passphrase);
  const split = sealed === null ? null : splitSealed(sealed);
  if (split === null || !split.ok) return { ok: false };
  const key = byId.get(split.keyId);
  if (key === undefined) return { ok: true, text: null };
  const { nonce, ciphertext } = split;
  const additionalData = passphraseContext(key.idBytes, revision);
  const request = { nonce, sealed: ciphertext, additionalData };
  const [plaintext] = await primitives.openMany(key.accountPassphraseKey, [request]);
  const text = plaintext === undefined || plaintext === null ? null : unpadPassphrase(plaintext);
  return text === null ? { ok: false } : { ok: true, text };
}

/** `length (4) | passphrase | zeros` to a multiple of 256 bytes. */
function padPassphrase(passphrase: Uint8Array): Uint8Array {
  const blocks = Math.ceil((lengthBytes + passphrase.length) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  writeUint32(padded, 0, passphrase.length);
  padded.set(passphrase, lengthBytes);
  return padded;
}

function unpadPassphrase(padded: Uint8Array): string | null {
  const end = lengthBytes + readUint32(padded, 0);
  return end > padded.length ? null : bytesToUtf8(padded.subarray(lengthBytes, end));
}

/** `"dataans/account-passphrase/1" | version (1) | data key id (4) | revision (8)` */
function passphraseContext(keyId: Uint8Array, revision: number): Uint8Array {
  const purpose = utf8ToBytes('dataans/account-passphrase/1');
  return concatBytes(purpose, Uint8Array.of(sealedVersion), keyId, uint64ToBytes(revision));
}
