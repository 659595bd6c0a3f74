import { DataansError } from '@dataans/core';
import type { HomePlatform } from './home-platform.ts';

/** Why something cannot be had of a home, or not any more. */

export function notSignedIn(platform: HomePlatform): DataansError {
  return new DataansError('not-signed-in', "This device isn't signed in.", {
    advice: adviseSignIn(platform),
  });
}

export function signedOut(platform: HomePlatform): DataansError {
  return new DataansError('not-signed-in', 'This device was signed out while this was running.', {
    advice: adviseSignIn(platform),
  });
}

export function signedInElsewhere(server: string): DataansError {
  return new DataansError('busy', `This device was signed in to ${server} while this was running.`, {
    advice: 'Try again.',
  });
}

export function closed(): DataansError {
  return new DataansError('storage-unusable', 'This was closed while it was running.', {
    advice: 'Open it again.',
  });
}

function adviseSignIn({ kept, signInCommand }: HomePlatform): string {
  return signInCommand === undefined
    ? 'Sign in with your password and your passphrase.'
    : `Sign in with: ${signInCommand(kept.profile()?.server ?? 'URL')}`;
}
