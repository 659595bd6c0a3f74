import { utf8ToBytes } from '../bytes/bytes.ts';
import type { DataKey, DataKeyId } from '../keys/data-key.ts';
import type { UnlockedKeyring } from '../keys/keyring.ts';
import { padContent, unpadContent } from './padding.ts';
import type { OpenRequest, Primitives } from './primitives.ts';
import { joinSealed, sealedVersion, splitSealed } from './sealed.ts';

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
  const requests = operations.map((operation, index) => ({
    nonce: nonces.subarray(index * nonceBytes, (index + 1) * nonceBytes),
    plaintext: padContent(operation.encoded),
    additionalData: envelopeContext(operation.id, key.idBytes),
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
  const results = operations.map(({ id, envelope }, place): OpenedEnvelope => {
    const planned = planOpening(keyring, id, envelope);
    if (!planned.ok) return planned;
    const waiting = waitingByKey.get(planned.key);
    if (waiting === undefined) waitingByKey.set(planned.key, [{ place, request: planned.request }]);
    else waiting.push({ place, request: planned.request });
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

type PlannedOpening =
  | { readonly ok: true; readonly key: DataKey; readonly request: OpenRequest }
  | { readonly ok: false; readonly code: 'malformed' | 'unknown-version' | 'unknown-key' };

function planOpening(keyring: UnlockedKeyring, id: Uint8Array, envelope: Uint8Array): PlannedOpening {
  const parts = splitSealed(envelope);
  if (!parts.ok) return parts;
  const key = findKey(keyring, parts.keyId);
  if (key === undefined) return { ok: false, code: 'unknown-key' };
  const additionalData = envelopeContext(id, key.idBytes);
  return { ok: true, key, request: { nonce: parts.nonce, sealed: parts.ciphertext, additionalData } };
}

function findKey(keyring: UnlockedKeyring, id: DataKeyId): DataKey | undefined {
  return id === keyring.current.id ? keyring.current : keyring.byId.get(id);
}

function readPlaintext(plaintext: Uint8Array | null): OpenedEnvelope {
  if (plaintext === null) return notAuthentic;
  const encoded = unpadContent(plaintext);
  return encoded === null ? { ok: false, code: 'malformed' } : { ok: true, encoded };
}

/** `"dataans/operation/1" | operation id (16) | version (1) | data key id (4)` // ENV-2 */
function envelopeContext(id: Uint8Array, keyId: Uint8Array): Uint8Array {
  const context = new Uint8Array(contextBytes);
  context.set(label);
  context.set(id, label.length);
  context[label.length + idBytes] = sealedVersion;
  context.set(keyId, contextBytes - keyId.length);
  return context;
}
