import { DataansError, parseProblem, serverHeader, type Problem, type ProblemCode } from '@dataans/core';
import type { Access } from './access.ts';

/** What of an answer says who gave it and whether it worked. */
export interface AnswerFacts {
  readonly address: string;
  /** What went with the request. */
  readonly credential: Access['kind'];
  /** What a person types to sign in to this server; `null` where there is no command line. */
  readonly signInCommand: string | null;
  readonly status: number;
  header(name: string): string | null;
}

/** `null` where a Dataans server answered; otherwise what did, and what to do about it. // SYN-1 */
export function judgeOrigin(facts: AnswerFacts): DataansError | null {
  if (facts.header(serverHeader) !== null) return null;
  const { address, status } = facts;
  const location = facts.header('location');
  if (location !== null && isSameOverTls(address, location))
    return new DataansError('server-unreachable', `${address} redirects to https.`, {
      advice: 'Sign in again with the https:// address.',
    });
  if (isSignInDemand(status)) return demandSignIn(facts);
  if (isPage(facts) && facts.credential !== 'none') return pageInstead(facts);
  if (gatewayStatuses.has(status))
    return new DataansError(
      'server-unreachable',
      `The proxy at ${address} works, but the Dataans server behind it isn't answering (${status}).`,
      {
        advice: 'Check that the server is running, then try again. Your changes are kept on this device.',
      },
    );
  if (status === 413)
    return new DataansError(
      'too-large',
      `The proxy in front of ${address} rejected a request as too large.`,
      {
        advice: 'Allow request bodies of 1 MiB in the proxy.',
      },
    );
  if (status === 429)
    return new DataansError('server-failed', `${address} is limiting requests right now (429).`, {
      advice: retryAdvice,
    });
  return new DataansError(
    'server-unreachable',
    `Something answers at ${address}, but it isn't a Dataans server.`,
    {
      advice: 'Use the address the server printed when it started, or the one your proxy serves it under.',
    },
  );
}

function demandSignIn(facts: AnswerFacts): DataansError {
  switch (facts.credential) {
    case 'none':
      return loginRequired(facts);
    case 'cloudflare-access':
      return serviceTokenRefused(facts);
    case 'bearer':
    case 'access-token':
      return sessionExpired(facts, `Your session at ${facts.address} has expired.`);
  }
}

function serviceTokenRefused({ address }: AnswerFacts): DataansError {
  return new DataansError('session-expired', `${address} rejected this device's service token.`, {
    advice:
      "Check that the token hasn't expired and that a Service Auth policy includes it, or sign in with another token.",
  });
}

/** A login that answers a program with its page. // SYN-17 */
function pageInstead(facts: AnswerFacts): DataansError {
  return sessionExpired(
    facts,
    `${facts.address} returned a login page. Your session there has probably expired.`,
  );
}

function loginRequired(facts: AnswerFacts): DataansError {
  return new DataansError(
    'login-required',
    `${facts.address} is behind a login page, and this device hasn't signed in there.`,
    { advice: signInAdvice(facts) },
  );
}

/** The refusal that a Dataans server answered with, as the decision it leaves to the caller. // SYN-3 */
export function explainProblem(facts: AnswerFacts, problem: Problem | null): DataansError {
  const detail =
    problem === null
      ? `${facts.address} answered with an unexpected error (HTTP ${facts.status}).`
      : printable(problem.detail);
  switch (problem?.code) {
    case 'unauthorized':
      return facts.credential !== 'none'
        ? sessionExpired(facts, detail)
        : new DataansError('session-expired', detail, {
            advice: 'Sign in with an access token that the server accepts.',
            reason: 'access-token-needed',
          });
    case 'log-diverged':
    case 'operation-conflict':
      return new DataansError('integrity', detail);
    case 'too-large':
      return new DataansError('too-large', detail);
    case 'storage-full':
      return new DataansError('storage-full', detail, {
        advice: 'Free up space on the server, then sync again. Your changes are kept on this device.',
        reason: 'server-full',
      });
    case 'over-quota':
      return new DataansError('over-quota', detail, {
        advice: 'Your changes are kept on this device, and are sent when there is more.',
      });
    case 'request-timeout':
    case 'too-many-requests':
    case 'internal':
    case 'unavailable':
      return new DataansError('server-failed', detail, { advice: retryAdvice });
    case undefined:
      return new DataansError(facts.status >= 500 ? 'server-failed' : 'server-refused', detail, {
        advice: retryAdvice,
      });
    default:
      return new DataansError('server-refused', detail);
  }
}

/** The problem document in the body of an answer; `null` where there is none. */
export function readProblem(body: Uint8Array): Problem | null {
  try {
    return parseProblem(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}

/** A second attempt a moment later may work. // SYN-4 */
export function isPassingProblem(problem: Problem | null): boolean {
  return problem !== null && passingCodes.has(problem.code);
}

function sessionExpired(facts: AnswerFacts, message: string): DataansError {
  const reason = facts.credential === 'bearer' ? { reason: 'access-token-refused' } : {};
  return new DataansError('session-expired', message, { advice: signInAdvice(facts), ...reason });
}

function signInAdvice({ signInCommand, credential }: AnswerFacts): string {
  const how = signInCommand === null ? '' : ` with ${signInCommand}`;
  if (credential === 'bearer')
    return `Sign in again${how}, with an access token that the server accepts. Then sync. Your changes are kept on this device.`;
  return `Sign in again${how}, then sync. Your changes are kept on this device.`;
}

const passingCodes: ReadonlySet<ProblemCode> = new Set([
  'request-timeout',
  'too-many-requests',
  'unavailable',
]);
const retryAdvice = 'Try again later. Your changes are kept on this device.';
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504, 521, 522, 523, 524, 530]);

/** A redirect for good is an address that has moved, not a login. */
const signInStatuses: ReadonlySet<number> = new Set([302, 303, 307, 401, 403]);

function isSignInDemand(status: number): boolean {
  return signInStatuses.has(status);
}

function isPage({ status, header }: AnswerFacts): boolean {
  return status < 300 && /^text\/html\b/i.test(header('content-type') ?? '');
}

function isSameOverTls(address: string, location: string): boolean {
  return address.startsWith('http://') && location.startsWith(`https://${address.slice('http://'.length)}`);
}

/** Text from elsewhere on one line, with nothing in it that a terminal would obey. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ').slice(0, detailCharactersMax);
}

const detailCharactersMax = 400;
