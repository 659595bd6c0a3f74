import { parseProblem, serverHeader, bytesToJson, type Problem } from '@dataans/core';
import type { RemoteAccess } from './remote-access.ts';
import { SourceError } from '../stores/source-error.ts';

/** What of a refusal says who refused and why. */
export interface RefusedAnswer {
  readonly address: string;
  readonly access: RemoteAccess['kind'];
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** The problem that a Dataans server named; `null` if the answer is somebody else's, or has none. */
export function problemOf({ headers, bytes }: Pick<RefusedAnswer, 'headers' | 'bytes'>): Problem | null {
  return headers.has(serverHeader) ? parseProblem(bytesToJson(bytes)) : null;
}

/** Why a server did not do as it was asked, and what an operator does about it. */
export function explainAnswer(answer: RefusedAnswer): SourceError {
  const { address, status, headers } = answer;
  if (!headers.has(serverHeader)) return explainOther(answer);
  const problem = problemOf(answer);
  if (status === 401) return explainUnauthorized(answer);
  const detail = problem === null ? '' : ` ${problem.detail}`;
  return new SourceError(`${address} answered ${status}.${detail}`, adviceFor(status));
}

function adviceFor(status: number): string {
  if (status === 403) return 'Use a token that the server accepts';
  return status === 404 ? 'Bring the server to the version of this program' : 'Look at the log of the server';
}

function explainUnauthorized({ address, access }: RefusedAnswer): SourceError {
  const create =
    'Create one on the server with: dataans-server token add backup. Set DATAANS_TOKEN_FILE to a file with it';
  return access === 'none'
    ? new SourceError(`${address} asks for an access token, and there is none.`, create)
    : new SourceError(`${address} doesn't accept the access token.`, create);
}

/** Something in front of the server answered, or it is none of ours. */
function explainOther({ address, access, status, headers }: RefusedAnswer): SourceError {
  const to = headers.get('location');
  if ((status >= 300 && status < 400 && to !== null) || status === 401 || status === 403) {
    const where = to === null ? '' : `, at ${new URL(to, address).host}`;
    return access === 'service-token'
      ? new SourceError(
          `The login in front of ${address}${where} doesn't accept the service token.`,
          "Check that the token hasn't expired and that a Service Auth policy includes it",
        )
      : new SourceError(
          `${address} asks for a login first${where}.`,
          'Set DATAANS_ACCESS_CLIENT_ID and DATAANS_ACCESS_CLIENT_SECRET_FILE to a service token of Cloudflare Access',
        );
  }
  if (status >= 500)
    return new SourceError(
      `What stands in front of the server at ${address} answers ${status}.`,
      'Check that the server runs',
    );
  return new SourceError(`What answers at ${address} isn't a Dataans server.`, 'Check the address');
}
