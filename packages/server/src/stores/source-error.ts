/**
 * Thrown by what is read from as a whole and does not let itself be read, such as a server over HTTP: nothing is known of what
 * is in it, least of all that it is damaged. The message and the advice are a sentence each, the advice without its full stop.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.advice = advice;
  }
}
