import * as v from 'valibot';
import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import { utf8ToBytes } from '../bytes/bytes.ts';
import { bytesToJson } from '../bytes/json.ts';
import type { Primitives } from '../primitives/primitives.ts';
import {
  createDataKey,
  dataKeySecretBytes,
  deriveDataKey,
  isDataKeyId,
  type DataKey,
  type DataKeyId,
  type DataKeySecret,
} from './data-key.ts';

/** The data keys there ever were, and which of them seals from now on. Secret. */
export interface Keyring {
  readonly current: DataKeyId;
  readonly keys: readonly DataKeySecret[];
}

/** The data keys of a keyring, ready for use. */
export interface UnlockedKeyring {
  readonly current: DataKey;
  readonly byId: ReadonlyMap<DataKeyId, DataKey>;
}

const keyringShape = v.strictObject({
  v: v.literal(1),
  current: v.custom<DataKeyId>(isDataKeyId),
  keys: v.pipe(
    v.array(v.strictObject({ id: v.custom<DataKeyId>(isDataKeyId), secret: v.string() })),
    v.minLength(1),
  ),
});

/** A keyring with one new data key. // KEY-4 */
export function createKeyring(primitives: Primitives): Keyring {
  const key = createDataKey(primitives, []);
  return { current: key.id, keys: [key] };
}

/** The keyring as JSON in UTF-8. Secret: only to be sealed, or kept where credentials are kept. */
export function encodeKeyring(keyring: Keyring): Uint8Array {
  const keys = keyring.keys.map((key) => ({ id: key.id, secret: bytesToBase64url(key.secret) }));
  return utf8ToBytes(JSON.stringify({ v: 1, current: keyring.current, keys }));
}

/** `null` where the bytes are not a keyring of this version. */
export function decodeKeyring(encoded: Uint8Array): Keyring | null {
  const parsed = v.safeParse(keyringShape, bytesToJson(encoded));
  if (!parsed.success) return null;
  const keys: DataKeySecret[] = [];
  for (const { id, secret } of parsed.output.keys) {
    const bytes = base64urlToBytes(secret);
    if (bytes?.length !== dataKeySecretBytes) return null;
    keys.push({ id, secret: bytes });
  }
  const { current } = parsed.output;
  const ids = new Set(keys.map((key) => key.id));
  return ids.has(current) && ids.size === keys.length ? { current, keys } : null; // KEY-4
}

/** The keyring with one more data key, which seals from now on. // KEY-4 */
export function addDataKey(primitives: Primitives, { keys }: Keyring): Keyring {
  const key = createDataKey(primitives, keys);
  return { current: key.id, keys: [...keys, key] };
}

export async function unlockKeyring(primitives: Primitives, keyring: Keyring): Promise<UnlockedKeyring> {
  const keys = await Promise.all(keyring.keys.map((key) => deriveDataKey(primitives, key)));
  const byId = new Map(keys.map((key) => [key.id, key]));
  const current = byId.get(keyring.current);
  if (current === undefined) throw new TypeError('The keyring does not hold its current key.');
  return { current, byId };
}
