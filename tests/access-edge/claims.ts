import { createHash, randomBytes } from 'node:crypto';
import type { Claims } from './jwt.ts';

/** What all tokens of one application have in common. */
export interface Application {
  /** Origin of the team domain, without a slash at its end. */
  readonly team: string;
  readonly audience: string;
  /** Origin of the application, as people reach it. */
  readonly address: string;
  /** Its host, with the port. */
  readonly hostname: string;
}

export interface Lifetime {
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
}

/** A person at the application. */
export function userClaims({ team, audience }: Application, email: string, lifetime: Lifetime): Claims {
  return {
    aud: [audience],
    email,
    ...seconds(lifetime),
    nbf: toSeconds(lifetime.issued),
    iss: team,
    type: 'app',
    identity_nonce: randomBytes(12).toString('base64url'),
    sub: emailToSubject(email),
    country: 'UA',
  };
}

/** A service token at the application: nobody's, and without a not-before. */
export function serviceClaims({ team, audience }: Application, clientId: string, lifetime: Lifetime): Claims {
  return {
    type: 'app',
    aud: [audience],
    ...seconds(lifetime),
    iss: team,
    common_name: clientId,
    sub: '',
  };
}

/** A person at the team, whatever application they go to. */
export function teamClaims(team: string, email: string, lifetime: Lifetime): Claims {
  return { type: 'org', ...seconds(lifetime), iss: team, email, sub: emailToSubject(email) };
}

/** Goes with the redirect to the login page, to whoever asks: the same key and audience, and nobody's login. */
export function metaClaims({ audience, hostname }: Application, path: string, now: number): Claims {
  return {
    aud: audience,
    hostname,
    redirect_url: path,
    service_token_status: false,
    iat: toSeconds(now),
    nbf: toSeconds(now),
    type: 'meta',
    auth_status: 'NONE',
  };
}

/** Tells programs which application they face; given to whoever asks, too. */
export function metadataClaims({ team, audience, hostname }: Application, now: number): Claims {
  return {
    type: 'match',
    aud: audience,
    hostname,
    app_hostname: hostname,
    auth_domain: new URL(team).host,
    iat: toSeconds(now),
  };
}

function seconds({ issued, expires }: Lifetime): Claims {
  return { iat: toSeconds(issued), exp: toSeconds(expires) };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** A UUID that is the same for the same person. */
function emailToSubject(email: string): string {
  const hex = createHash('sha256').update(email).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
