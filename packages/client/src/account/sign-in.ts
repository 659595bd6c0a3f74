import {
  createKeyring,
  DataansError,
  findPassphraseTypos,
  generatePassphrase,
  openAccount,
  sealAccount,
  type AccountRecord,
  type Keyring,
  type Primitives,
} from '@dataans/core';
import type { Secret } from '../platform/secret.ts';
import { createSecret } from '../platform/secret.ts';
import type { ServerConnection } from '../sync/server-connection.ts';

export interface SignInQuestion {
  readonly connection: ServerConnection;
  readonly primitives: Primitives;
  readonly password: Secret;
  /** `null`: not known, or to be generated where there is no account yet. */
  readonly passphrase: Secret | null;
  /** The keyring that this home already has: it is kept where the server has no account. */
  readonly existingKeyring: Keyring | null;
  /** Ids of the data keys that this home's operations are sealed under. */
  readonly storeKeyIds: readonly string[];
  readonly signal?: AbortSignal;
}

export interface SignedIn {
  readonly keyring: Keyring;
  readonly passphrase: Secret;
  readonly account:
    /** Made by this sign-in. */
    'created' | 'opened';
  /** Made by this sign-in, and to be shown to the person now. */
  readonly passphraseGenerated: boolean;
}

/**
 * Opens the account of a server, or makes it where there is none. Changes nothing on this device:
 * what it gives has proven the password and the passphrase. // ACC-1
 *
 * @throws DataansError `wrong-credentials`, `other-account`, `integrity`, or what the connection says
 */
export async function signIn(question: SignInQuestion): Promise<SignedIn> {
  const { connection, signal } = question;
  requirePassword(question.password);
  await connection.readLog(signal);
  const record = await connection.readAccount(signal);
  if (record !== null) return openExisting(question, record);
  return (await createNew(question)) ?? openExisting(question, await readCreated(connection, signal));
}

/** `null` where another device made the account in the meantime. // ACC-4 */
async function createNew(question: SignInQuestion): Promise<SignedIn | null> {
  const { connection, primitives, password, existingKeyring, storeKeyIds, signal } = question;
  if (existingKeyring === null && storeKeyIds.length > 0)
    throw new DataansError(
      'other-account',
      `${connection.address} has no account, and this home has lost the keys of its own.`,
      {
        advice: 'Sign in to the server that this home belongs to, or use another --home.',
      },
    );
  const keyring = existingKeyring ?? createKeyring(primitives);
  const passphrase = question.passphrase ?? createSecret(generatePassphrase(primitives.randomBytes));
  const credentials = { password: password.reveal(), passphrase: passphrase.reveal() };
  const record = await sealAccount(primitives, credentials, keyring);
  if (!(await connection.createAccount(record, signal))) return null;
  return { keyring, passphrase, account: 'created', passphraseGenerated: question.passphrase === null };
}

async function openExisting(question: SignInQuestion, record: AccountRecord): Promise<SignedIn> {
  const { connection, primitives, password, passphrase, storeKeyIds } = question;
  if (passphrase === null)
    throw new DataansError(
      'wrong-credentials',
      `${connection.address} already has an account, which takes its passphrase to open.`,
      {
        advice:
          'Give the passphrase that was shown when the account was made; `dataans passphrase` shows it on a device that is signed in.',
      },
    );
  const credentials = { password: password.reveal(), passphrase: passphrase.reveal() };
  const opened = await openAccount(primitives, credentials, record);
  if (!opened.ok) throw explainRefusal(opened.code, connection.address, credentials.passphrase);
  const held = new Set<string>(opened.keyring.keys.map((key) => key.id));
  if (!storeKeyIds.every((id) => held.has(id))) throw otherAccount(connection.address); // ACC-3
  return { keyring: opened.keyring, passphrase, account: 'opened', passphraseGenerated: false };
}

async function readCreated(
  connection: ServerConnection,
  signal: AbortSignal | undefined,
): Promise<AccountRecord> {
  const record = await connection.readAccount(signal);
  if (record !== null) return record;
  throw new DataansError(
    'server-failed',
    `${connection.address} says both that it has an account and that it has none.`,
  );
}

function requirePassword(password: Secret): void {
  if (password.reveal() === '')
    throw new DataansError('invalid', 'The password is empty.', {
      advice: 'Choose one that nobody guesses.',
    });
}

function explainRefusal(
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

function otherAccount(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} belongs to another account than the notes of this home.`,
    {
      advice: 'Sign in to the server of this home, or use another --home for the other account.',
    },
  );
}
