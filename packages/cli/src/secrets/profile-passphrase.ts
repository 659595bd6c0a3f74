import type { Secret } from '@dataans/client';
import { UsageError } from '../usage-error.ts';
import { cleanSecret, decodeSecret } from './clean-secret.ts';

/**
 * The passphrase in the `profile.json` of a device.
 *
 * @param name the file's, as it can be printed
 * @throws UsageError if it is something else
 */
export function readProfilePassphrase(profile: Uint8Array, name: string): Secret {
  const passphrase = findPassphrase(decodeSecret(profile, { kind: 'passphrase', name }));
  if (passphrase !== null)
    return cleanSecret(passphrase, { kind: 'passphrase', name: `The passphrase in ${name}` });
  throw new UsageError(
    `${name} has no passphrase in it, so it isn't a device's profile.json.`,
    'Look for profile.json in the data folder of a signed-in device.',
  );
}

function findPassphrase(text: string): string | null {
  try {
    const profile: unknown = JSON.parse(text);
    const isObject = typeof profile === 'object' && profile !== null;
    return isObject && 'passphrase' in profile && typeof profile.passphrase === 'string'
      ? profile.passphrase
      : null;
  } catch {
    return null;
  }
}
