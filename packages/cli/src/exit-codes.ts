import type { ErrorCode } from '@dataans/core';

/** The exit codes that scripts may rely on. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  notSignedIn: 3,
  wrongCredentials: 4,
  serverUnreachable: 5,
  integrity: 6,
  /** 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of a failure; most failures are just that. */
export function errorCodeToExitCode(code: ErrorCode): ExitCode {
  switch (code) {
    case 'not-signed-in':
    case 'session-expired':
    case 'login-required':
      return exitCodes.notSignedIn;
    case 'wrong-credentials':
      return exitCodes.wrongCredentials;
    case 'server-unreachable':
      return exitCodes.serverUnreachable;
    case 'integrity':
      return exitCodes.integrity;
    case 'invalid':
    case 'not-found':
    case 'ambiguous':
    case 'too-large':
    case 'other-account':
    case 'server-failed':
    case 'server-refused':
    case 'storage-full':
    case 'over-quota':
    case 'storage-unusable':
    case 'busy':
      return exitCodes.failed;
  }
}
