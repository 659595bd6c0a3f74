import * as v from 'valibot';

/**
 * The stable codes of the server's problem documents (RFC 9457), with the HTTP status of each.
 * The `detail` says in words what was wrong and what to do. // PRB-1
 */
export const statusByProblemCode = {
  'malformed-request': 400,
  'malformed-frames': 400,
  'chunk-mismatch': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'log-diverged': 409,
  'operation-conflict': 409,
  'account-exists': 412,
  'account-changed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  'precondition-required': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
  'storage-full': 507,
  'over-quota': 507,
} as const;

export type ProblemCode = keyof typeof statusByProblemCode;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
}

export const problemMediaType = 'application/problem+json';

const problemShape = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(Object.keys(statusByProblemCode) as ProblemCode[]),
  detail: v.string(),
});

/** `null` where the value is not a problem document of ours: a proxy answered, or a stranger. // PRB-2 */
export function parseProblem(value: unknown): Problem | null {
  const parsed = v.safeParse(problemShape, value);
  return parsed.success ? parsed.output : null;
}
