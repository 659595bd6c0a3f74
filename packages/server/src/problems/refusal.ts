import type { ProblemCode } from '@dataans/core';

/** A request that the server will not carry out, as the problem document that its caller gets. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  /** Extra response headers that belong to the refusal, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  /** `detail`: one sentence on what was wrong and what to do. Never holds what the caller sent. */
  constructor(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
  }
}
