import { concatBytes, utf8ToBytes } from '../bytes/bytes.ts';
import { hashToChunkName, type ChunkName } from '../ids/chunk-name.ts';
import type { DataKey } from '../keys/data-key.ts';
import type { UnlockedKeyring } from '../keys/keyring.ts';
import { isPaddedPieceSize, pieceContentSize, type PiecePlace } from './file-layout.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { joinSealed, sealedVersion, splitSealed } from '../keys/sealed.ts';

export interface Chunk {
  readonly name: ChunkName;
  /** `version | data key id | nonce | ciphertext and tag`, at most `chunkBytesMax`. */
  readonly sealed: Uint8Array;
}

export type OpenedChunk =
  | { readonly ok: true; readonly piece: Uint8Array }
  | { readonly ok: false; readonly code: 'malformed' | 'unknown-version' | 'unknown-key' | 'not-authentic' };

const nonceBytes = 12;
const label = utf8ToBytes('dataans/chunk/1');

/** The same pieces under the same key always give the same chunks; they are padded already. // CHK-2, CHK-3 */
export async function sealChunks(
  primitives: Primitives,
  key: DataKey,
  pieces: readonly Uint8Array[],
): Promise<readonly Chunk[]> {
  const macs = await primitives.macMany(key.chunkNonceKey, pieces);
  const additionalData = chunkContext(key.idBytes);
  const requests = pieces.map((plaintext, index) => ({
    nonce: resultAt(macs, index).subarray(0, nonceBytes),
    plaintext,
    additionalData,
  }));
  const ciphertexts = await primitives.sealMany(key.chunkKey, requests);
  const sealed = requests.map(({ nonce }, index) =>
    joinSealed(key.idBytes, nonce, resultAt(ciphertexts, index)),
  );
  const hashes = await primitives.hashMany(sealed);
  return sealed.map((bytes, index) => ({ name: hashToChunkName(resultAt(hashes, index)), sealed: bytes }));
}

/** Primitives that give less than they were asked for must not pass for an empty chunk. */
function resultAt(results: readonly Uint8Array[], index: number): Uint8Array {
  const result = results[index];
  if (result === undefined) throw new TypeError('A primitive gave fewer results than there were pieces.');
  return result;
}

/** The content of one chunk, without its padding. // CHK-4 */
export async function openChunk(
  primitives: Primitives,
  keyring: UnlockedKeyring,
  sealed: Uint8Array,
  place: PiecePlace,
): Promise<OpenedChunk> {
  const parts = splitSealed(sealed);
  if (!parts.ok) return parts;
  const key = keyring.byId.get(parts.keyId);
  if (key === undefined) return { ok: false, code: 'unknown-key' };
  const request = { nonce: parts.nonce, sealed: parts.ciphertext, additionalData: chunkContext(key.idBytes) };
  const [padded] = await primitives.openMany(key.chunkKey, [request]);
  if (padded === undefined || padded === null) return { ok: false, code: 'not-authentic' };
  if (!isPaddedPieceSize(place, padded.length)) return { ok: false, code: 'malformed' };
  return { ok: true, piece: padded.subarray(0, pieceContentSize(place)) };
}

/** `"dataans/chunk/1" | version (1) | data key id (4)` // CHK-2 */
function chunkContext(keyId: Uint8Array): Uint8Array {
  return concatBytes(label, Uint8Array.of(sealedVersion), keyId);
}
