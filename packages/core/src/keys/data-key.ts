import type { Branded } from '../ids/brand.ts';
import type { MacKey, Primitives, SealingKey } from '../sealing/primitives.ts';
import { hexToBytes } from '../bytes/hex.ts';

/** Names a data key in everything it sealed: 4 random bytes, 8 hexadecimal digits. */
export type DataKeyId = Branded<string, 'DataKeyId'>;

/** The secret of a data key: 32 random bytes. Leaves memory only inside a sealed keyring. */
export interface DataKeySecret {
  readonly id: DataKeyId;
  readonly secret: Uint8Array;
}

/** A data key ready for use; its secrets neither print nor serialise. */
export interface DataKey {
  readonly id: DataKeyId;
  readonly idBytes: Uint8Array;
  readonly operationKey: SealingKey;
  readonly chunkKey: SealingKey;
  readonly chunkNonceKey: MacKey;
  readonly exportProofKey: MacKey;
}

export function isDataKeyId(value: unknown): value is DataKeyId {
  return typeof value === 'string' && /^[0-9a-f]{8}$/.test(value);
}

/** The keys that a data key stands for. // KEY-5 */
export async function deriveDataKey(primitives: Primitives, key: DataKeySecret): Promise<DataKey> {
  const idBytes = hexToBytes(key.id);
  if (idBytes === null) throw new TypeError('Not a data key id.');
  const base = await primitives.importDerivationKey(key.secret);
  return {
    id: key.id,
    idBytes,
    operationKey: await primitives.deriveSealingKey(base, 'dataans/operation/1'),
    chunkKey: await primitives.deriveSealingKey(base, 'dataans/chunk/1'),
    chunkNonceKey: await primitives.deriveMacKey(base, 'dataans/chunk-nonce/1'),
    exportProofKey: await primitives.deriveMacKey(base, 'dataans/export-proof/1'),
  };
}
