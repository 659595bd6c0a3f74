import { utf8ToBytes } from '../bytes/bytes.ts';
import type { DataKey, DataKeyId } from '../keys/data-key.ts';
import type { UnlockedKeyring } from '../keys/keyring.ts';
import { padContent, unpadContent } from './padding.ts';
import type { OpenRequest, Primitives } from '../primitives/primitives.ts';
import { joinSealed, sealedVersion, splitSealed } from '../keys/sealed.ts';

/** An encoded operation with the id that it goes by. */
export interface EncodedOperation {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** JSON in UTF-8, at most `operationBytesMax`. */
  readonly encoded: Uint8Array;
}

/** An operation id with the envelope that came under it. */
export interface SealedOperation {
  readonly id: Uint8Array;
  readonly envelope: Uint8Array;
}

export type OpenedEnvelope =
  | { readonly ok: true; readonly encoded: Uint8Array }
  | { readonly ok: false; readonly code: 'malformed' | 'unknown-version' | 'unknown-key' | 'not-authentic' };

const notAuthentic: OpenedEnvelope = { ok: false, code: 'not-authentic' };

const nonceBytes = 12;
const idBytes = 16;
const keyIdBytes = 4;
const label = utf8ToBytes('dataans/operation/1');
const contextBytes = label.length + idBytes + 1 + keyIdBytes;

/** Seals each operation once, for good: a retry sends the same bytes. // ENV-1, ENV-4 */
export async function sealEnvelopes(
  primitives: Primitives,
  key: DataKey,
  operations: readonly EncodedOperation[],
): Promise<readonly Uint8Array[]> {
  const nonces = primitives.randomBytes(nonceBytes * operations.length);
  const contexts = new Uint8Array(contextBytes * operations.length);
  const requests = operations.map(({ id, encoded }, place) => ({
    nonce: nonces.subarray(place * nonceBytes, (place + 1) * nonceBytes),
    plaintext: padContent(encoded),
    additionalData: writeContext(contexts, place, id, key),
  }));
  const ciphertexts = await primitives.sealMany(key.operationKey, requests);
  return ciphertexts.map((ciphertext, index) => {
    const request = requests[index];
    if (request === undefined) throw new TypeError('Sealing gave more results than there were requests.');
    return joinSealed(key.idBytes, request.nonce, ciphertext);
  });
}

/** Opens each by itself: one bad envelope does not stop the others. // ENV-2, ENV-3 */
export async function openEnvelopes(
  primitives: Primitives,
  keyring: UnlockedKeyring,
  operations: readonly SealedOperation[],
): Promise<readonly OpenedEnvelope[]> {
  const waitingByKey = new Map<DataKey, { readonly place: number; readonly request: OpenRequest }[]>();
  const contexts = new Uint8Array(contextBytes * operations.length);
  const results = operations.map(({ id, envelope }, place): OpenedEnvelope => {
    const parts = splitSealed(envelope);
    if (!parts.ok) return parts;
    const key = findKey(keyring, parts.keyId);
    if (key === undefined) return { ok: false, code: 'unknown-key' };
    const additionalData = writeContext(contexts, place, id, key);
    const request = { nonce: parts.nonce, sealed: parts.ciphertext, additionalData };
    const waiting = waitingByKey.get(key);
    if (waiting === undefined) waitingByKey.set(key, [{ place, request }]);
    else waiting.push({ place, request });
    return notAuthentic; // until it has been opened
  });
  for (const [key, waiting] of waitingByKey) {
    const plaintexts = await primitives.openMany(
      key.operationKey,
      waiting.map(({ request }) => request),
    );
    for (const [index, { place }] of waiting.entries())
      results[place] = readPlaintext(plaintexts[index] ?? null);
  }
  return results;
}

function findKey(keyring: UnlockedKeyring, id: DataKeyId): DataKey | undefined {
  return id === keyring.current.id ? keyring.current : keyring.byId.get(id);
}

function readPlaintext(plaintext: Uint8Array | null): OpenedEnvelope {
  if (plaintext === null) return notAuthentic;
  const encoded = unpadContent(plaintext);
  return encoded === null ? { ok: false, code: 'malformed' } : { ok: true, encoded };
}

/**
 * `"dataans/operation/1" | operation id (16) | version (1) | data key id (4)`, into its place among those of all
 * operations: an array for each would cost more than what stands in it. // ENV-2
 */
function writeContext(contexts: Uint8Array, place: number, id: Uint8Array, key: DataKey): Uint8Array {
  const context = contexts.subarray(place * contextBytes, (place + 1) * contextBytes);
  context.set(label);
  context.set(id, label.length);
  context[label.length + idBytes] = sealedVersion;
  context.set(key.idBytes, contextBytes - key.idBytes.length);
  return context;
}
