import * as v from 'valibot';
import { isDataKeyId, type DataKeyId } from './data-key.ts';

/** What PBKDF2 is run with. Public: the server and everybody on the way can read it. */
export interface KdfParameters {
  readonly name: 'PBKDF2-HMAC-SHA-256';
  readonly iterations: number;
}

/** The first form: read for as long as there are records of it, and not written any more. // KEY-10 */
export interface UnprovenRecord {
  readonly version: 1;
  readonly kdf: KdfParameters;
  /** The sealed keyring in base64url. */
  readonly keyring: string;
}

/** Who holds a data key can tell that somebody who held it too made the record. // KEY-12 */
export interface AccountProof {
  readonly key: DataKeyId;
  /** HMAC-SHA-256 in base64url. */
  readonly mac: string;
}

export interface ProvableRecord {
  readonly version: 2;
  readonly kdf: KdfParameters;
  /** Grows by one with each change. */
  readonly revision: number;
  /** The sealed keyring in base64url. */
  readonly keyring: string;
  /** The passphrase in base64url, sealed under the current data key. */
  readonly passphrase: string;
  /** One for each data key of the keyring, in its order. */
  readonly proofs: readonly AccountProof[];
}

/** The only record on the server that changes. */
export type AccountRecord = UnprovenRecord | ProvableRecord;

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const kdf = v.strictObject({ name: v.literal('PBKDF2-HMAC-SHA-256'), iterations: count });
const proof = v.strictObject({ key: v.custom<DataKeyId>(isDataKeyId), mac: base64url });

const accountShape = v.variant('version', [
  v.strictObject({ version: v.literal(1), kdf, keyring: base64url }),
  v.strictObject({
    version: v.literal(2),
    kdf,
    revision: count,
    keyring: base64url,
    passphrase: base64url,
    proofs: v.pipe(
      v.array(proof),
      v.minLength(1),
      v.check((proofs) => new Set(proofs.map(({ key }) => key)).size === proofs.length),
    ),
  }),
]);

/**
 * `null` where the value is not an account record of a version that is known here. The parameters are not yet
 * judged: `openAccount` refuses weak ones. Nothing is proven. // KEY-9
 */
export function parseAccountRecord(value: unknown): AccountRecord | null {
  const parsed = v.safeParse(accountShape, value);
  return parsed.success ? parsed.output : null;
}
