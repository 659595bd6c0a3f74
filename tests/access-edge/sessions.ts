import { serviceClaims, teamClaims, userClaims, type Application } from './claims.ts';
import { readJwt, signJwt, type Claims } from './jwt.ts';
import type { EdgeSettings } from './settings.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Who is let in, and since when: the edge ends a session at once, whatever its token says. */
export interface Sessions {
  startUser(email: string): string;
  startService(clientId: string): string;
  startTeam(email: string): string;
  /** The claims of a token that lets its bearer in at the application now. */
  atApplication(token: string): Claims | null;
  /** The e-mail of whoever is logged in at the team. */
  atTeam(token: string): string | null;
  /** Those of one person, at the application and the team; of everybody without one. */
  end(email?: string): void;
}

interface Dependencies {
  readonly keys: SigningKeys;
  readonly application: Application;
  readonly lifetimes: Pick<EdgeSettings, 'sessionMs' | 'teamSessionMs'>;
  readonly now: () => number;
}

export function createSessions({ keys, application, lifetimes, now }: Dependencies): Sessions {
  const holderByToken = new Map<string, string>();
  const start = (holder: string, claims: Claims): string => {
    const { kid, privateKey } = keys.current();
    const token = signJwt(claims, kid, privateKey);
    holderByToken.set(token, holder);
    return token;
  };
  const lifetime = (ms: number) => ({ issued: now(), expires: now() + ms });
  const read = (token: string, type: 'app' | 'org'): Claims | null => {
    const claims = holderByToken.has(token) ? readJwt(token, keys.find) : null;
    return claims?.['type'] === type && Number(claims['exp']) * 1_000 > now() ? claims : null;
  };
  return {
    startUser: (email) => start(email, userClaims(application, email, lifetime(lifetimes.sessionMs))),
    startService: (clientId) =>
      start(clientId, serviceClaims(application, clientId, lifetime(lifetimes.sessionMs))),
    startTeam: (email) =>
      start(email, teamClaims(application.team, email, lifetime(lifetimes.teamSessionMs))),
    atApplication: (token) => read(token, 'app'),
    atTeam: (token) => emailOf(read(token, 'org')),
    end: (email) => {
      for (const [token, holder] of holderByToken)
        if (email === undefined || holder === email) holderByToken.delete(token);
    },
  };
}

export function emailOf(claims: Claims | null): string | null {
  const email = claims?.['email'];
  return typeof email === 'string' ? email : null;
}
