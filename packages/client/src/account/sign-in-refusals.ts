import { DataansError, findPassphraseTypos } from '@dataans/core';
import type { Secret } from '../platform/secret.ts';

export function requirePassword(password: Secret): void {
  if (password.reveal() === '')
    throw new DataansError('invalid', 'The password is empty.', {
      advice: 'Choose one that nobody guesses.',
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
        `${address} asks for the password to be derived in a way that is not safe.`,
        {
          advice:
            'Do not enter the password there again until you know why: somebody may have changed the account record.',
        },
      );
    case 'malformed':
      return new DataansError(
        'integrity',
        `The account record of ${address} is damaged or made by a newer program.`,
        {
          advice: 'Update this program; if that does not help, restore the server from a backup.',
        },
      );
  }
}

/** What is likely wrong, as far as the words show it. // ACC-2 */
function wrongCredentials(passphrase: string): DataansError {
  const [typo] = findPassphraseTypos(passphrase);
  if (typo === undefined)
    return new DataansError(
      'wrong-credentials',
      'The password or the passphrase is not the one of this account.',
      {
        advice: 'Check both; letters, spaces and their case count.',
      },
    );
  const hint = typo.suggestion === null ? '' : ` Did you mean “${typo.suggestion}”?`;
  return new DataansError(
    'wrong-credentials',
    `“${typo.word}” is not a word that a passphrase can have.${hint}`,
    { advice: 'Check the passphrase and sign in again.' },
  );
}

/** No passphrase was given, and the account takes one: whoever can ask for it does. */
export class PassphraseNeededError extends DataansError {
  constructor(address: string) {
    super('wrong-credentials', `${address} already has an account, which takes its passphrase to open.`, {
      advice:
        'Give the passphrase that was shown when the account was made; `dataans passphrase` shows it on a device that is signed in.',
    });
  }
}

export function lostKeys(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} has no account, and this home has lost the keys of its own.`,
    { advice: 'Sign in to the server that this home belongs to, or use another --home.' },
  );
}

export function otherAccount(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} belongs to another account than the notes of this home.`,
    {
      advice: 'Sign in to the server of this home, or use another --home for the other account.',
    },
  );
}

/** The server has the newer record again, which the person has not given the secrets of. */
export function changedSince(address: string): DataansError {
  return new DataansError(
    'wrong-credentials',
    `These are a former password and passphrase: they were changed since. ${address} had an older copy of the account, and has the newer one again.`,
    { advice: 'Sign in with the password and the passphrase that came last.' },
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
