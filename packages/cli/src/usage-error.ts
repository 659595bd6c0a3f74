/** The command was called in a way that it does not offer. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One sentence saying what to type instead. */
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.advice = advice;
  }
}
