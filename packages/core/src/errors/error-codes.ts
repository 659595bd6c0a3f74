/**
 * The stable codes of everything that can go wrong on a device: one code for each decision that a
 * caller can take. Messages may change, codes may not.
 */
export type ErrorCode =
  /** The call itself is wrong: a value of the wrong shape, or two that do not go together. */
  | 'invalid'
  /** Nothing here has this id or name. */
  | 'not-found'
  /** More than one thing has this name or begins with this id. */
  | 'ambiguous'
  /** Over a limit that stands in `limits.ts`. */
  | 'too-large'
  /** This home has no keys: sign in first. */
  | 'not-signed-in'
  /** The server no longer accepts the credential. Nothing is lost: sign in and sync again. */
  | 'session-expired'
  /** A login stands before the server, and this device has no credential for it: sign in. */
  | 'login-required'
  /** The password or the passphrase is not the one of this account. */
  | 'wrong-credentials'
  /** The server belongs to another account than this home. */
  | 'other-account'
  /** Nothing answers, or what answers is not a Dataans server. A retry may help. */
  | 'server-unreachable'
  /** The server answered with a fault of its own. A retry may help. */
  | 'server-failed'
  /** The server refused a request that this program should not have made, or a version that it does not speak. */
  | 'server-refused'
  /** The server's data contradicts itself or what this device knows. */
  | 'integrity'
  /** No space is left, here or on the server. Nothing is lost: make room and go on. */
  | 'storage-full'
  /** The room that this account has on the server is used up. Nothing is lost: what waits goes when there is more. */
  | 'over-quota'
  /** The home or a file in it cannot be read or written. */
  | 'storage-unusable'
  /** Another command holds what this one needs. A retry may help. */
  | 'busy';

/** The one error class of the SDK and the command line. */
export class DataansError extends Error {
  override readonly name = 'DataansError';
  readonly code: ErrorCode;
  /** One sentence saying what the person can do now; empty where the message says it all. */
  readonly advice: string;
  /** Which case of the code it is, for a program that has better advice of its own: a command, a button. */
  readonly reason: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { advice?: string; reason?: string; cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.advice = options.advice ?? '';
    this.reason = options.reason ?? null;
  }
}
