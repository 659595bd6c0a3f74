/** Exit codes of `dataans-server`. */
export const exitCodes = { done: 0, failed: 1, usage: 2, integrity: 6 } as const;

/** Something only the operator can put right, said in one sentence with what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly exitCode: number;

  constructor(message: string, options: { readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}
