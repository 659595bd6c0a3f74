import type { IncomingMessage, ServerResponse } from 'node:http';
import { metaClaims, metadataClaims, type Application } from './claims.ts';
import { findCookie, formatCookie, sessionCookie } from './cookies.ts';
import { forward } from './forward.ts';
import { identify, type Verdict } from './identify.ts';
import { signJwt, type Claims } from './jwt.ts';
import type { LoginCodes } from './login-codes.ts';
import { answerPage } from './pages.ts';
import { accessPaths, localPath, requestUrl } from './paths.ts';
import { emailOf, type Sessions } from './sessions.ts';
import type { EdgeSettings } from './settings.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface ApplicationHostDependencies {
  readonly settings: EdgeSettings;
  readonly application: Application;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly codes: LoginCodes;
  readonly now: () => number;
  /** Where the application listens; `null` while it is not known. */
  readonly origin: () => string | null;
  readonly onRequest: (request: IncomingMessage, verdict: Verdict) => void;
}

/** The host that people know: lets them in or sends them to log in, and relays those whom it let in. */
export function createApplicationHost(
  dependencies: ApplicationHostDependencies,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, application, sessions, onRequest } = dependencies;
  return (request, response) => {
    const url = requestUrl(request.url, application.address);
    if (url === null) return answerPage(response, 400, 'Bad request', 'That is no address of this host.');
    if (request.headers['cf-access-metadata-request'] === 'true') addMetadata(dependencies, response);
    if (url.pathname === accessPaths.authorized) return authorize(dependencies, url, response);
    if (url.pathname === accessPaths.logout) return logOut(sessions, request, response);
    const verdict = identify(request, settings, sessions);
    onRequest(request, verdict);
    switch (verdict.kind) {
      case 'bypass':
      case 'enter':
        return relay(dependencies, request, response, verdict);
      case 'refuse':
        return answerPage(
          response,
          verdict.status,
          'Access denied',
          'Nobody is logged in with this request.',
        );
      case 'log-in':
        return sendToLogin(dependencies, url, response);
    }
  };
}

function relay(
  { settings, origin: findOrigin }: ApplicationHostDependencies,
  request: IncomingMessage,
  response: ServerResponse,
  verdict: Extract<Verdict, { kind: 'bypass' | 'enter' }>,
): void {
  const origin = findOrigin();
  if (origin === null) return answerPage(response, 502, 'Bad gateway', 'No origin has been named yet.');
  const isKnown = verdict.kind === 'enter';
  const added = isKnown ? { 'Cf-Access-Jwt-Assertion': verdict.assertion } : {};
  const email = isKnown ? verdict.email : null;
  forward(request, response, {
    origin,
    isTls: settings.isTls,
    added: email === null ? added : { ...added, 'Cf-Access-Authenticated-User-Email': email },
    kept: !isKnown && settings.bypassKeepsAssertion ? 'cf-access-jwt-assertion' : null,
    cookie: isKnown && verdict.getsCookie ? cookieOf(settings, verdict.assertion) : null,
  });
}

function sendToLogin(
  { application, keys, now }: ApplicationHostDependencies,
  url: URL,
  response: ServerResponse,
): void {
  const { team, hostname, address, audience } = application;
  const path = url.pathname + url.search;
  const target = new URL(accessPaths.login + hostname, team);
  target.searchParams.set('kid', audience);
  target.searchParams.set('redirect_url', path);
  target.searchParams.set('meta', signByTeam(keys, metaClaims(application, path, now())));
  answerPage(response, 302, 'Log in', 'This page is behind a login.', {
    location: target.href,
    'www-authenticate': `Cloudflare-Access resource_metadata="${address}/.well-known/cloudflare-access-protected-resource/"`,
  });
}

/** The way back from the team domain: the login becomes a cookie of this host. */
function authorize(
  { settings, sessions, codes }: ApplicationHostDependencies,
  url: URL,
  response: ServerResponse,
): void {
  const email = codes.use(url.searchParams.get('code') ?? '');
  if (email === null) return answerPage(response, 400, 'Bad request', 'This login was used already.');
  response.writeHead(302, {
    location: localPath(url.searchParams.get('redirect_url')),
    'set-cookie': cookieOf(settings, sessions.startUser(email)),
    'cache-control': 'no-store',
  });
  response.end();
}

function logOut(sessions: Sessions, request: IncomingMessage, response: ServerResponse): void {
  const cookie = findCookie(request.headers.cookie, sessionCookie);
  const email = cookie === null ? null : emailOf(sessions.atApplication(cookie));
  if (email !== null) sessions.end(email);
  const gone = formatCookie(sessionCookie, '', { maxAgeMs: 0, isHttpOnly: true });
  answerPage(response, 200, 'Logged out', 'You are logged out.', { 'set-cookie': gone });
}

function addMetadata(
  { application, keys, now }: ApplicationHostDependencies,
  response: ServerResponse,
): void {
  response.setHeader('cf-access-metadata', signByTeam(keys, metadataClaims(application, now())));
}

function signByTeam(keys: SigningKeys, claims: Claims): string {
  const { kid, privateKey } = keys.current();
  return signJwt(claims, kid, privateKey);
}

function cookieOf({ sessionMs, isCookieHttpOnly }: EdgeSettings, token: string): string {
  return formatCookie(sessionCookie, token, { maxAgeMs: sessionMs, isHttpOnly: isCookieHttpOnly });
}
