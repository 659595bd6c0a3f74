import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';

/** The keys of the team: every application of it signs with the same one. */
export interface SigningKeys {
  current(): SigningKey;
  /** The public half of the current or the previous key. */
  find(kid: string): KeyObject | null;
  /** A new key signs from now on, and the one before the current is forgotten. */
  rotate(): Promise<void>;
  /** What `/cdn-cgi/access/certs` answers. */
  certs(): object;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

interface KeyPair extends SigningKey {
  readonly publicKey: KeyObject;
  readonly certificate: string;
}

const modulusLength = 2048;

export async function createSigningKeys(now: () => number): Promise<SigningKeys> {
  let [current, previous] = await Promise.all([makePair(now()), makePair(now())]);
  const both = (): readonly KeyPair[] => [current, previous];
  return {
    current: () => current,
    find: (kid) => both().find((pair) => pair.kid === kid)?.publicKey ?? null,
    rotate: async () => {
      [current, previous] = [await makePair(now()), current];
    },
    certs: () => ({
      keys: both().map(publicJwk),
      // The single one may be out of date: nobody is to use it.
      public_cert: publicCert(previous),
      public_certs: both().map(publicCert),
    }),
  };
}

/** A pair for what needs one beside the team's, such as TLS. */
export function makeKeyPair(): Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }> {
  return promisify(generateKeyPair)('rsa', { modulusLength });
}

async function makePair(now: number): Promise<KeyPair> {
  const { publicKey, privateKey } = await makeKeyPair();
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  const certificate = selfSignedCertificate(publicKey, privateKey, 'team', now);
  return { kid, privateKey, publicKey, certificate };
}

function publicJwk({ kid, publicKey }: KeyPair): object {
  return { kid, alg: 'RS256', use: 'sig', ...publicKey.export({ format: 'jwk' }) };
}

function publicCert({ kid, certificate }: KeyPair): object {
  return { kid, cert: certificate };
}
