import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CertsEndpoint } from './certs-endpoint.ts';
import type { Application } from './claims.ts';
import { findCookie, formatCookie, sessionCookie } from './cookies.ts';
import type { LoginCodes } from './login-codes.ts';
import { answerLoginPage, answerPage } from './pages.ts';
import { accessPaths, localPath, requestUrl } from './paths.ts';
import type { Sessions } from './sessions.ts';
import type { EdgeSettings } from './settings.ts';

export interface TeamDomainDependencies {
  readonly settings: EdgeSettings;
  readonly application: Application;
  readonly sessions: Sessions;
  readonly codes: LoginCodes;
  readonly certs: CertsEndpoint;
}

/** `https://<team>.cloudflareaccess.com`: the keys, and the login that all applications share. */
export function createTeamDomain(
  dependencies: TeamDomainDependencies,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { application, sessions, certs } = dependencies;
  return async (request, response) => {
    const url = requestUrl(request.url, application.team);
    if (url?.pathname === accessPaths.certs) return certs.answer(response);
    if (url?.pathname !== accessPaths.login + application.hostname)
      return answerPage(response, 404, 'Not found', 'The team has no such address.');
    if (url.searchParams.get('kid') !== application.audience)
      return answerPage(response, 404, 'Not found', 'The team has no such application.');
    const cookie = findCookie(request.headers.cookie, sessionCookie);
    const known = cookie === null ? null : sessions.atTeam(cookie);
    if (known !== null) return admit(dependencies, url, response, known);
    if (request.method === 'POST') return logIn(dependencies, url, request, response);
    return answerLoginPage(response, {
      hostname: application.hostname,
      users: dependencies.settings.users,
      action: url.pathname + url.search,
    });
  };
}

async function logIn(
  dependencies: TeamDomainDependencies,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { settings, sessions } = dependencies;
  const email = new URLSearchParams(await text(request)).get('email');
  if (email === null || !settings.users.includes(email))
    return answerPage(response, 403, 'Forbidden', 'The identity provider knows nobody of that name.');
  response.setHeader(
    'set-cookie',
    formatCookie(sessionCookie, sessions.startTeam(email), {
      maxAgeMs: settings.teamSessionMs,
      isHttpOnly: true,
    }),
  );
  return admit(dependencies, url, response, email);
}

/** Sends somebody who is logged in on to the application, where its policy lets them in. */
function admit(
  { settings, application, codes }: TeamDomainDependencies,
  url: URL,
  response: ServerResponse,
  email: string,
): void {
  if (!settings.allowed.includes(email))
    return answerPage(response, 403, 'That account does not have access', `You are logged in as ${email}.`);
  const target = new URL(accessPaths.authorized, application.address);
  target.searchParams.set('code', codes.issue(email));
  target.searchParams.set('redirect_url', localPath(url.searchParams.get('redirect_url')));
  response.writeHead(302, { location: target.href, 'cache-control': 'no-store' }).end();
}
