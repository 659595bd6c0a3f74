import type { IncomingMessage } from 'node:http';
import { findCookie, sessionCookie } from './cookies.ts';
import { judgeServiceToken } from './service-token.ts';
import { emailOf, type Sessions } from './sessions.ts';
import type { EdgeSettings } from './settings.ts';

/** What becomes of a request to the application. */
export type Verdict =
  /** Nobody is asked who they are. */
  | { readonly kind: 'bypass' }
  | {
      readonly kind: 'enter';
      /** What proves to the application who it is. */
      readonly assertion: string;
      /** `null` of a service token. */
      readonly email: string | null;
      /** The caller gets the assertion as a cookie, and may come back with that alone. */
      readonly getsCookie: boolean;
    }
  | { readonly kind: 'refuse'; readonly status: 401 | 403 }
  | { readonly kind: 'log-in' };

export function identify(request: IncomingMessage, settings: EdgeSettings, sessions: Sessions): Verdict {
  if (settings.bypassPaths.some((path) => request.url?.startsWith(path))) return { kind: 'bypass' };
  const service = judgeServiceToken(request.headersDistinct, settings);
  if (service.kind === 'refused') return { kind: 'refuse', status: service.status };
  if (service.kind === 'accepted')
    return {
      kind: 'enter',
      assertion: sessions.startService(service.clientId),
      email: null,
      getsCookie: !settings.isStrict,
    };
  for (const token of shownTokens(request)) {
    const claims = sessions.atApplication(token);
    if (claims !== null)
      return { kind: 'enter', assertion: token, email: emailOf(claims), getsCookie: false };
  }
  return refuseStranger(request, settings);
}

/** Tokens of the application: programs send a header, browsers the cookie. */
function shownTokens({ headers, headersDistinct }: IncomingMessage): readonly string[] {
  const cookie = findCookie(headers.cookie, sessionCookie);
  return [...(headersDistinct['cf-access-token'] ?? []), ...(cookie === null ? [] : [cookie])];
}

function refuseStranger({ method, headers }: IncomingMessage, { isServiceAuthOnly }: EdgeSettings): Verdict {
  // Browsers send no cookie with it.
  if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined)
    return { kind: 'refuse', status: 403 };
  const isScript = headers['x-requested-with'] === 'XMLHttpRequest';
  return isScript || isServiceAuthOnly ? { kind: 'refuse', status: 401 } : { kind: 'log-in' };
}
