import * as v from 'valibot';

/** What PBKDF2 is run with. Public: the server and everybody on the way can read it. */
export interface KdfParameters {
  readonly name: 'PBKDF2-HMAC-SHA-256';
  readonly iterations: number;
}

/** The only record on the server that changes. */
export interface AccountRecord {
  readonly version: 1;
  readonly kdf: KdfParameters;
  /** The sealed keyring in base64url. */
  readonly keyring: string;
}

const accountShape = v.strictObject({
  version: v.literal(1),
  kdf: v.strictObject({
    name: v.literal('PBKDF2-HMAC-SHA-256'),
    iterations: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
  keyring: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)),
});

/**
 * `null` where the value is not an account record of this version. The parameters are not yet
 * judged: `openAccount` refuses weak ones. // KEY-9
 */
export function parseAccountRecord(value: unknown): AccountRecord | null {
  const parsed = v.safeParse(accountShape, value);
  return parsed.success ? parsed.output : null;
}
