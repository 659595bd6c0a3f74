import type { ProblemCode } from '@dataans/core';

/** Why somebody was not let in: for log lines and metrics, where sentences are of no use. // AUTH-3 */
export const refusalReasons = [
  // There is no credential, or none that can be read.
  'missing',
  'malformed',
  'repeated',
  'too-long',
  // It can be read and does not count.
  'unknown',
  'revoked',
  'expired',
  'not-yet-valid',
  'issued-in-future',
  'wrong-algorithm',
  'unknown-key',
  'bad-signature',
  'wrong-issuer',
  'wrong-audience',
  'wrong-type',
  'missing-claim',
  'no-identity',
  // It counts, and its bearer may not come in.
  'not-allowed',
  'no-account',
  'account-closed',
  // The way that the request took is not one that anybody may take.
  'wrong-peer',
  'wrong-host',
  'proxied',
  'cross-site',
  // Nobody can be judged at the moment.
  'keys-unavailable',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** A request that the server will not carry out, as the problem document that its caller gets. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  /** Extra response headers that belong to the refusal, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;
  /** `null` where it is not about who is calling. Not sent. */
  readonly reason: RefusalReason | null;
  /** Hash of whom it is about, where that is known. Not sent. // AUTH-20 */
  readonly caller: string | null;

  /** `detail`: one sentence on what was wrong and what to do. Never holds what the caller sent. */
  constructor(
    code: ProblemCode,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    reason: RefusalReason | null = null,
    caller: string | null = null,
  ) {
    super(detail);
    this.code = code;
    this.headers = headers;
    this.reason = reason;
    this.caller = caller;
  }
}
