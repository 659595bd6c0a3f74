import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import {
  JOSEAlgNotAllowed,
  JOSEError,
  JWKSNoMatchingKey,
  JWSSignatureVerificationFailed,
  JWTClaimValidationFailed,
  JWTExpired,
} from 'jose/errors';
import type { Clock } from '../../clock.ts';
import { Refusal, type RefusalReason } from '../../problems/refusal.ts';
import { isUnknownKey } from './key-set.ts';

/** How far the clocks of issuer and server may be apart. */
const toleranceSeconds = 30;

/** Older tokens count for nothing, whatever they say: the longest session of Cloudflare Access is a month. */
const ageSecondsMax = 32 * 24 * 60 * 60;

/** What a token must say to be for us. None of it ever comes from the token. // AUTH-6 */
export interface TokenDemands {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
}

export type VerifiedToken =
  | { readonly ok: true; readonly claims: JWTPayload; readonly expires: number }
  | { readonly ok: false; readonly reason: RefusalReason };

/**
 * Checks signature, issuer, audience and times. Rejects with the `Refusal` of the keys where nobody can judge.
 * Who it is about stays to be read from the claims. // AUTH-6
 */
export async function verifyToken(
  token: string,
  keyFor: JWTVerifyGetKey,
  demands: TokenDemands,
  clock: Clock,
): Promise<VerifiedToken> {
  try {
    const { payload } = await jwtVerify(token, requireKeyId(keyFor), {
      issuer: [...demands.issuers],
      audience: [...demands.audiences],
      algorithms: [...demands.algorithms],
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: toleranceSeconds,
      maxTokenAge: ageSecondsMax,
      currentDate: new Date(clock.now()),
    });
    const { exp = 0, iat = 0 } = payload;
    return { ok: true, claims: payload, expires: Math.floor(Math.min(exp, iat + ageSecondsMax) * 1_000) };
  } catch (error) {
    const reason = whyRefused(error);
    if (reason === null) throw error;
    return { ok: false, reason };
  }
}

/** Without an id jose would take the only key there is. */
function requireKeyId(keyFor: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    if (typeof header.kid !== 'string') throw new JWKSNoMatchingKey();
    return keyFor(header, token);
  };
}

/** `null`: the failure says nothing about the token. */
function whyRefused(error: unknown): RefusalReason | null {
  if (error instanceof Refusal) return null;
  if (error instanceof JOSEAlgNotAllowed) return 'wrong-algorithm';
  if (isUnknownKey(error)) return 'unknown-key';
  if (error instanceof JWSSignatureVerificationFailed) return 'bad-signature';
  if (error instanceof JWTExpired) return 'expired';
  if (error instanceof JWTClaimValidationFailed) return whyClaimRefused(error);
  // Else the key itself does not do: too short for its algorithm, or not what it says.
  return error instanceof JOSEError ? 'malformed' : 'unknown-key';
}

function whyClaimRefused({ claim, reason }: JWTClaimValidationFailed): RefusalReason {
  if (reason === 'missing') return 'missing-claim';
  if (reason === 'invalid') return 'malformed';
  switch (claim) {
    case 'iss':
      return 'wrong-issuer';
    case 'aud':
      return 'wrong-audience';
    case 'nbf':
      return 'not-yet-valid';
    case 'iat':
      return 'issued-in-future';
    default:
      return 'malformed';
  }
}
