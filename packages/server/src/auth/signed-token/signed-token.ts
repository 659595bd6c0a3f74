import type { HandedOver } from '@dataans/core';
import type { JWTPayload } from 'jose';
import type { RefusalReason } from '../../problems/refusal.ts';
import type { AuthMethod, Subject } from '../authenticator.ts';
import { requireAllowed, type AllowList, type IssuedPerson } from '../allow-list.ts';
import type { AuthContext } from '../define-method.ts';
import { createIdentity } from '../identity.ts';
import { refuseStranger } from '../refuse.ts';
import { fetchKeys, type KeySource } from './fetch-keys.ts';
import { createKeySet } from './key-set.ts';
import { readToken, type TokenPlace } from './read-token.ts';
import { verifyToken, type TokenDemands } from './verify-token.ts';

/** One proxy or issuer that signs who is calling. */
export interface SignedTokenSettings {
  /** Name of the method. */
  readonly method: string;
  readonly place: TokenPlace;
  readonly demands: TokenDemands;
  readonly keys: KeySource;
  readonly allow: AllowList;
  /** Whom the claims are about, or why they are about nobody. */
  readonly readPerson: (claims: JWTPayload) => IssuedPerson | RefusalReason;
  /** Where the command line sends the token that came with a browser's request; `null`: nowhere. */
  readonly handOverAs: HandedOver['header'] | null;
}

/** Lets in whomever a token is about that is signed, in force and for this server. // AUTH-6, AUTH-7 */
export function createSignedTokenAuth(settings: SignedTokenSettings, context: AuthContext): AuthMethod {
  const { method, place, demands, keys, allow, readPerson, handOverAs } = settings;
  const { clock, keptKeys, logger, inBackground } = context;
  const keyFor = createKeySet({
    source: keys.url,
    fetchKeys: () => fetchKeys(context, keys),
    kept: keptKeys,
    clock,
    logger,
    inBackground,
  });
  return {
    authenticate: async ({ request }) => {
      const token = readToken(request, place);
      const verified = await verifyToken(token, keyFor, demands, clock);
      if (!verified.ok) throw refuseToken(verified.reason, place);
      const person = readPerson(verified.claims);
      if (typeof person === 'string') throw refuseToken(person, place);
      const handOver = handOverAs === null ? null : () => ({ header: handOverAs, token });
      const identity = createIdentity(method, person.name, verified.expires, {
        handOver,
        subject: subjectOf(person, verified.claims),
      });
      requireAllowed(person, allow, identity.hash);
      return identity;
    },
  };
}

function subjectOf({ kind, id }: IssuedPerson, { iss: issuer = '' }: JWTPayload): Subject {
  return { kind: kind === 'user' ? 'person' : 'service', issuer, id };
}

function refuseToken(reason: RefusalReason, { issuedBy, challenge }: TokenPlace) {
  return refuseStranger(
    reason,
    reason === 'expired'
      ? `Your session at ${issuedBy} has expired. Sign in again.`
      : `This ${issuedBy} sign-in isn't valid for this server (${reason}). Sign in at this server's own address. If you run the server, check its settings.`,
    challenge,
  );
}
