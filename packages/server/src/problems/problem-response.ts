import { problemMediaType, statusByProblemCode, type Problem, type ProblemCode } from '@dataans/core';
import { StorageFullError } from '../stores/storage-full.ts';
import { OverQuotaError } from '../stores/over-quota.ts';
import { StorageUnavailableError } from '../stores/storage-unavailable.ts';
import { Refusal } from './refusal.ts';

/** A database that moves to another machine, or a disk that is mounted again, takes about as long. */
const storageRetrySeconds = 10;

const titleByCode: Readonly<Record<ProblemCode, string>> = {
  'malformed-request': 'Malformed request',
  'malformed-frames': 'Malformed frames',
  'chunk-mismatch': 'The body is not the chunk it is named',
  unauthorized: 'Not signed in',
  forbidden: 'Forbidden',
  'not-found': 'Not found',
  'method-not-allowed': 'Method not allowed',
  'request-timeout': 'The request took too long',
  'log-diverged': 'The log is not the one you followed',
  'operation-conflict': 'Another operation has this id',
  'account-exists': 'The account exists already',
  'account-changed': 'The account was changed',
  'too-large': 'Too large',
  'unsupported-media-type': 'Unsupported media type',
  'range-not-satisfiable': 'Range not satisfiable',
  'precondition-required': 'Precondition required',
  'too-many-requests': 'Too many requests',
  internal: 'Internal error',
  unavailable: 'Unavailable',
  'storage-full': 'Storage full',
  'over-quota': 'Over quota',
};

/** The refusal that a thrown value stands for: whatever is not foreseen is a fault of the server. */
export function errorToRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StorageFullError)
    return new Refusal(
      'storage-full',
      'The server is full, so nothing from this request was stored. Free up space on the server, then try again.',
    );
  if (error instanceof OverQuotaError)
    return new Refusal(
      'over-quota',
      'Your account has no room left on this server, so nothing from this request was stored. Ask whoever runs it for more.',
    );
  if (error instanceof StorageUnavailableError)
    return new Refusal(
      'unavailable',
      "The server can't use its storage right now. Try again later. If it keeps happening, check the server's log.",
      { 'retry-after': String(storageRetrySeconds) },
    );
  return new Refusal(
    'internal',
    "Something went wrong on the server. Try again later. If it keeps happening, check the server's log.",
  );
}

export function refusalToProblem(refusal: Refusal): Problem {
  return {
    type: `urn:dataans:problem:${refusal.code}`,
    title: titleByCode[refusal.code],
    status: statusByProblemCode[refusal.code],
    code: refusal.code,
    detail: refusal.message,
  };
}

/** The problem document of RFC 9457. // SRV-1 */
export function problemResponse(refusal: Refusal): Response {
  const problem = refusalToProblem(refusal);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...refusal.headers, 'content-type': problemMediaType },
  });
}
