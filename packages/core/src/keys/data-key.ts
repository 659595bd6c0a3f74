import type { Branded } from '../ids/brand.ts';
import type { MacKey, Primitives, SealingKey } from '../primitives/primitives.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';

/** Names a data key in everything it sealed: 4 random bytes, 8 hexadecimal digits. */
export type DataKeyId = Branded<string, 'DataKeyId'>;

export const dataKeySecretBytes = 32;

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
  readonly accountProofKey: MacKey;
  readonly accountPassphraseKey: SealingKey;
}

export function isDataKeyId(value: unknown): value is DataKeyId {
  return typeof value === 'string' && /^[0-9a-f]{8}$/.test(value);
}

/** A new data key, with an id that none of the others has. // KEY-4 */
export function createDataKey(primitives: Primitives, others: readonly DataKeySecret[]): DataKeySecret {
  for (;;) {
    // Four bytes of hexadecimal are what a data key id is.
    const id = bytesToHex(primitives.randomBytes(4)) as DataKeyId;
    if (others.every((other) => other.id !== id))
      return { id, secret: primitives.randomBytes(dataKeySecretBytes) };
  }
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
    accountProofKey: await primitives.deriveMacKey(base, 'dataans/account-proof/1'),
    accountPassphraseKey: await primitives.deriveSealingKey(base, 'dataans/account-passphrase/1'),
  };
}
