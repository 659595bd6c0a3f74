import type { Home } from '@dataans/client';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';

/**
 * For what a person is to write before anything is recorded.
 *
 * @throws DataansError `not-signed-in`
 */
export async function requireSignedIn(
  { account }: Pick<Home, 'account'>,
  { signInCommand }: Pick<Context, 'signInCommand'>,
): Promise<void> {
  const { signedIn, server } = await account.state();
  if (signedIn) return;
  throw new DataansError('not-signed-in', "This device isn't signed in.", {
    advice: `Sign in with: ${signInCommand(server ?? 'URL')}`,
  });
}
