import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { concatBytes, equalSecretBytes, uint64ToBytes, writeUint32 } from '../bytes/bytes.ts';
import type { Primitives } from '../primitives/primitives.ts';
import { openPassphrase } from './account-passphrase.ts';
import type { AccountProof, ProvableRecord } from './account-record.ts';
import type { DataKey, DataKeyId } from './data-key.ts';
import type { UnlockedKeyring } from './keyring.ts';

/** What a record shows to who holds data keys of its account, without password and passphrase. */
export interface ProvenAccount {
  readonly revision: number;
  /** All that its keyring holds. */
  readonly keys: readonly DataKeyId[];
  /** `null` where it is sealed under a key that is not held here. */
  readonly passphrase: string | null;
}

type Unproven = Omit<ProvableRecord, 'proofs'>;

export async function makeProofs(
  primitives: Primitives,
  keys: readonly DataKey[],
  record: Unproven,
): Promise<readonly AccountProof[]> {
  const ids = keys.map(({ id }) => id);
  const message = proofMessage(primitives, record, ids);
  return Promise.all(
    keys.map(async (key) => ({ key: key.id, mac: bytesToBase64url(await prove(primitives, key, message)) })),
  );
}

/**
 * `null` if nobody with a data key that is held here made the record, or if it was changed since. Every proof of a
 * key that is held must be right, and there must be one. // KEY-12
 */
export async function proveAccount(
  primitives: Primitives,
  { byId }: Pick<UnlockedKeyring, 'byId'>,
  record: ProvableRecord,
): Promise<ProvenAccount | null> {
  const keys = record.proofs.map(({ key }) => key);
  const message = proofMessage(primitives, record, keys);
  let proven = 0;
  for (const { key: id, mac } of record.proofs) {
    const key = byId.get(id);
    if (key === undefined) continue;
    const given = base64urlToBytes(mac);
    if (given === null || !equalSecretBytes(given, await prove(primitives, key, message))) return null;
    proven += 1;
  }
  if (proven === 0) return null;
  const passphrase = await openPassphrase(primitives, byId, record);
  return passphrase.ok ? { revision: record.revision, keys, passphrase: passphrase.text } : null;
}

async function prove(primitives: Primitives, key: DataKey, message: Uint8Array): Promise<Uint8Array> {
  const [mac] = await primitives.macMany(key.accountProofKey, [message]);
  if (mac === undefined) throw new TypeError('There is no proof.');
  return mac;
}

/** What is no base64url has no bytes, and so no proof. */
const nothing = new Uint8Array();

/** All that a record says: `revision (8) | iterations (4) | SHA-256(keyring) | SHA-256(passphrase) | key ids (4 each)`. */
function proofMessage(
  primitives: Primitives,
  { revision, kdf, keyring, passphrase }: Unproven,
  keys: readonly DataKeyId[],
): Uint8Array {
  const iterations = new Uint8Array(4);
  writeUint32(iterations, 0, kdf.iterations);
  return concatBytes(
    uint64ToBytes(revision),
    iterations,
    primitives.hash(base64urlToBytes(keyring) ?? nothing),
    primitives.hash(base64urlToBytes(passphrase) ?? nothing),
    hexToBytes(keys.join('')) ?? nothing,
  );
}
