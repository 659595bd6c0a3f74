import { DataansError, findPassphraseTypos } from '@dataans/core';
import type { Secret } from '../platform/secret.ts';

export function requirePassword(password: Secret): void {
  if (password.reveal() === '')
    throw new DataansError('invalid', "The password can't be empty.", {
      advice: 'Choose one that nobody would guess.',
    });
}

export function explainRefusal(
  code: 'wrong-credentials' | 'weak-kdf' | 'malformed',
  address: string,
  passphrase: string,
): DataansError {
  switch (code) {
    case 'wrong-credentials':
      return wrongCredentials(passphrase);
    case 'weak-kdf':
      return new DataansError(
        'integrity',
        `${address} asks for unsafe key settings, so the sign-in was stopped before your password was used.`,
        {
          advice:
            "Don't enter your password for this server until you know why. Someone may have changed the account record.",
        },
      );
    case 'malformed':
      return new DataansError(
        'integrity',
        `The account record on ${address} is damaged, or comes from a newer version of Dataans.`,
        {
          advice: "Update Dataans on this device. If that doesn't help, restore the server from a backup.",
        },
      );
  }
}

/** What is likely wrong, as far as the words show it. // ACC-2 */
function wrongCredentials(passphrase: string): DataansError {
  const [typo] = findPassphraseTypos(passphrase);
  if (typo === undefined)
    return new DataansError('wrong-credentials', 'Wrong password or passphrase.', {
      advice:
        "Check both, including capitals and spaces. Dataans can't tell which one is wrong: they only work together.",
    });
  const hint = typo.suggestion === null ? '' : ` Did you mean “${typo.suggestion}”?`;
  return new DataansError(
    'wrong-credentials',
    `Wrong password or passphrase. The word “${typo.word}” looks mistyped.${hint}`,
    { advice: 'Check the passphrase and sign in again.' },
  );
}

/** No passphrase was given, and the account takes one: whoever can ask for it does. */
export class PassphraseNeededError extends DataansError {
  constructor(address: string) {
    super(
      'wrong-credentials',
      `${address} already has an account. To sign in, you also need its passphrase.`,
      {
        advice: 'It was shown when the account was created. Any signed-in device can show it again.',
        reason: 'passphrase-needed',
      },
    );
  }
}

export function lostKeys(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} has no account, and this device no longer has the keys to its notes.`,
    { advice: 'Sign in to the server this device belongs to.', reason: 'other-account' },
  );
}

export function otherAccount(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} belongs to a different account from the one on this device.`,
    {
      advice: "Sign in to this device's own server.",
      reason: 'other-account',
    },
  );
}

/** The server has the newer record again, which the person has not given the secrets of. */
export function changedSince(address: string): DataansError {
  return new DataansError(
    'wrong-credentials',
    `The password and passphrase were changed since. ${address} had an older copy of the account, and has the newer one again.`,
    { advice: 'Sign in with the newest password and passphrase.' },
  );
}

export function changedAtOnce(address: string): DataansError {
  return new DataansError(
    'busy',
    `The account on ${address} was changed by another device at the same moment.`,
    {
      advice: 'Nothing was changed here. Try again.',
    },
  );
}
