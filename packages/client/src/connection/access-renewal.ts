import { DataansError } from '@dataans/core';
import type { Access, AccessToken } from './access.ts';
import type { Secret } from '../platform/secret.ts';

export interface AccessRenewalDependencies {
  /** The credential in force. The same object as long as it is the same. */
  readonly access: () => Access;
  readonly readToken: (signal: AbortSignal) => Promise<Secret | null>;
  /** Rejects where the server does not take the credential; else until when it does. */
  readonly prove: (access: Access, signal: AbortSignal) => Promise<number | null>;
  readonly keep: (access: Access, expires: number | null) => Promise<void>;
}

/**
 * Puts the token that `cloudflared` holds now in the place of a refused one that came from it. Requests that
 * are refused at the same time share one renewal. // ACC-8
 */
export function createAccessRenewal(dependencies: AccessRenewalDependencies) {
  let running: Promise<boolean> | null = null;
  return (refused: Access, signal: AbortSignal): Promise<boolean> => {
    running ??= renew(dependencies, refused, signal).finally(() => {
      running = null;
    });
    return running;
  };
}

async function renew(
  { access, readToken, prove, keep }: AccessRenewalDependencies,
  refused: Access,
  signal: AbortSignal,
): Promise<boolean> {
  if (access() !== refused) return true; // Somebody has signed in meanwhile.
  if (refused.kind !== 'access-token' || refused.source !== 'cloudflared') return false;
  const token = await readToken(signal);
  if (token === null || token.reveal() === refused.token.reveal()) return false;
  const next: AccessToken = { ...refused, token };
  try {
    await keep(next, await prove(next, signal));
    return true;
  } catch (error) {
    if (error instanceof DataansError && error.code === 'session-expired') return false;
    throw error;
  }
}
