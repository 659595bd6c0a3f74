import type { JWK } from 'jose';
import * as v from 'valibot';

/** More than any issuer publishes at once. */
const keysMax = 100;

const keySetShape = v.object({ keys: v.array(v.unknown()) });

const publicKeyShape = v.looseObject({
  kid: v.string(),
  kty: v.picklist(['RSA', 'EC', 'OKP']),
  d: v.optional(v.undefined()),
});

/**
 * The public keys of a JSON Web Key Set (RFC 7517) that have an id; `null` where it is none or has none of
 * them. Symmetric keys are left out: everybody can read them, and so sign with them.
 */
export function parseKeys(value: unknown): readonly JWK[] | null {
  const parsed = v.safeParse(keySetShape, value);
  if (!parsed.success || parsed.output.keys.length > keysMax) return null;
  // What else is in a key jose judges when a token asks for it.
  const keys = parsed.output.keys.filter((key): key is JWK => v.is(publicKeyShape, key));
  return keys.length === 0 ? null : keys;
}
