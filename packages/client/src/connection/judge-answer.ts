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
    return new DataansError('server-unreachable', `${address} sends callers to its https:// address.`, {
      advice: 'Sign in with the address that begins with https://.',
    });
  if (isSignInDemand(status)) return demandSignIn(facts);
  if (isPage(facts) && facts.credential !== 'none') return pageInstead(facts);
  if (gatewayStatuses.has(status))
    return new DataansError(
      'server-unreachable',
      `${address} is a gateway whose server does not answer (${status}).`,
      {
        advice: 'Nothing is lost: try again when the server runs.',
      },
    );
  if (status === 413)
    return new DataansError('too-large', `The proxy before ${address} refuses a body of this size.`);
  if (status === 429)
    return new DataansError('server-failed', `${address} asks for fewer requests.`, { advice: retryAdvice });
  return new DataansError('server-unreachable', `${address} answers, but it is not a Dataans server.`, {
    advice: 'See that the address is the one that the server printed, or that your proxy gives it.',
  });
}

function demandSignIn(facts: AnswerFacts): DataansError {
  switch (facts.credential) {
    case 'none':
      return loginRequired(facts);
    case 'cloudflare-access':
      return serviceTokenRefused(facts);
    case 'bearer':
    case 'access-token':
      return sessionExpired(facts, `The sign-in before ${facts.address} no longer accepts this device.`);
  }
}

function serviceTokenRefused({ address }: AnswerFacts): DataansError {
  return new DataansError(
    'session-expired',
    `The sign-in before ${address} does not accept the service token.`,
    {
      advice:
        'Nothing is lost: see that the token is in force and that a policy with the action “Service Auth” names it, or sign in again with another one.',
    },
  );
}

/** A login that answers a program with its page. // SYN-17 */
function pageInstead(facts: AnswerFacts): DataansError {
  return sessionExpired(
    facts,
    `${facts.address} answers with a web page: most likely the sign-in before it has ended.`,
  );
}

function loginRequired(facts: AnswerFacts): DataansError {
  return new DataansError(
    'login-required',
    `${facts.address} asks for a sign-in of its own before anybody reaches the server.`,
    { advice: signInAdvice(facts) },
  );
}

/** The refusal that a Dataans server answered with, as the decision it leaves to the caller. // SYN-3 */
export function explainProblem(facts: AnswerFacts, problem: Problem | null): DataansError {
  const detail =
    problem === null ? `${facts.address} answered with status ${facts.status}.` : printable(problem.detail);
  switch (problem?.code) {
    case 'unauthorized':
      return facts.credential !== 'none'
        ? sessionExpired(facts, detail)
        : new DataansError('session-expired', detail, {
            advice: 'Set DATAANS_TOKEN to a token that the server accepts, and sign in again.',
          });
    case 'log-diverged':
    case 'operation-conflict':
      return new DataansError('integrity', detail);
    case 'too-large':
      return new DataansError('too-large', detail);
    case 'storage-full':
      return new DataansError('storage-full', detail, {
        advice: 'Nothing is lost: make room on the server and sync again.',
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
  return new DataansError('session-expired', message, { advice: signInAdvice(facts) });
}

function signInAdvice({ signInCommand, credential }: AnswerFacts): string {
  const how = signInCommand === null ? '' : ` with \`${signInCommand}\``;
  if (credential === 'bearer')
    return `Nothing is lost: set DATAANS_TOKEN to a token that the server accepts, sign in again${how}, and sync.`;
  return `Nothing is lost: sign in again${how}, and sync.`;
}

const passingCodes: ReadonlySet<ProblemCode> = new Set([
  'request-timeout',
  'too-many-requests',
  'unavailable',
]);
const retryAdvice = 'Nothing is lost: try again later.';
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
