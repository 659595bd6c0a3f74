import type { Access, Secret } from '@dataans/client';
import type { Context } from '../context.ts';
import { printableLine } from '../output/printable.ts';
import { cleanSecret, type SecretSource } from '../secrets/clean-secret.ts';
import { readProfilePassphrase } from '../secrets/profile-passphrase.ts';
import { readSecretFile } from '../secrets/read-secret-file.ts';
import type { Environment } from '../surroundings.ts';
import { UsageError } from '../usage-error.ts';

const secretBytesMax = 64 * 1_024;
const pipedPassword: SecretSource = { kind: 'password', name: 'The piped input' };

export interface PassphraseOptions {
  readonly passphrase?: string;
  readonly passphraseFile?: string;
  readonly profile?: string;
}

/** The password where it was given in a way that needs no question. */
export async function givenPassword(
  { terminal, environment }: Context,
  options: { readonly passwordStdin?: boolean },
): Promise<Secret | null> {
  if (options.passwordStdin === true) {
    return cleanSecret(await readPasswordInput({ terminal }), pipedPassword);
  }
  return fromEnvironment(environment, 'DATAANS_PASSWORD', 'password');
}

/** @throws UsageError where more was piped in than a password can be */
export async function readPasswordInput({ terminal }: Pick<Context, 'terminal'>): Promise<Uint8Array> {
  const piped = await terminal.readBytes(secretBytesMax);
  if (piped === null) throw new UsageError(`${pipedPassword.name} is too large for a password.`);
  return piped;
}

/** The password from the person; twice where nobody has proven it yet. */
export async function askPassword({ terminal }: Context, isNew: boolean): Promise<Secret> {
  if (!terminal.canAsk) {
    throw new UsageError(
      "Can't ask for the password: this isn't an interactive terminal.",
      'Set DATAANS_PASSWORD, or pipe it in with --password-stdin.',
    );
  }
  const password = await terminal.ask.hidden(isNew ? 'Choose a password:' : 'Password:');
  if (isNew && (await terminal.ask.hidden('Repeat the password:')) !== password) {
    throw new UsageError("The passwords don't match.", 'Try again.');
  }
  return cleanSecret(password, { kind: 'password', name: 'The password' });
}

/** The passphrase where it was given; `null` where it was not. */
export async function givenPassphrase(
  { terminal, environment }: Context,
  { passphrase, passphraseFile, profile }: PassphraseOptions,
): Promise<Secret | null> {
  if (passphrase !== undefined) {
    warnVisible(terminal.say, '--passphrase', '--passphrase-file or DATAANS_PASSPHRASE');
    return cleanSecret(passphrase, { kind: 'passphrase', name: '--passphrase' });
  }
  if (passphraseFile !== undefined)
    return cleanSecret(await readSecretFile(passphraseFile), {
      kind: 'passphrase',
      name: printableLine(passphraseFile),
    });
  if (profile !== undefined)
    return readProfilePassphrase(await readSecretFile(profile), printableLine(profile));
  return fromEnvironment(environment, 'DATAANS_PASSPHRASE', 'passphrase');
}

/** What lets this device in, beside the password. */
export function givenAccess({ terminal, environment }: Context, token: string | undefined): Access {
  if (token !== undefined) warnVisible(terminal.say, '--token', 'DATAANS_TOKEN');
  const bearer =
    token === undefined
      ? fromEnvironment(environment, 'DATAANS_TOKEN', 'access token')
      : cleanSecret(token, { kind: 'access token', name: '--token' });
  const clientId = fromEnvironment(environment, 'DATAANS_ACCESS_CLIENT_ID', 'service token');
  const clientSecret = fromEnvironment(environment, 'DATAANS_ACCESS_CLIENT_SECRET', 'service token');
  if ((clientId === null) !== (clientSecret === null)) {
    throw new UsageError('DATAANS_ACCESS_CLIENT_ID and DATAANS_ACCESS_CLIENT_SECRET go together.');
  }
  if (clientId === null || clientSecret === null) {
    return bearer === null ? { kind: 'none' } : { kind: 'bearer', token: bearer };
  }
  if (bearer !== null) {
    throw new UsageError('You gave both a token and Cloudflare Access credentials.', 'Use one of them.');
  }
  return { kind: 'cloudflare-access', clientId: clientId.reveal(), clientSecret };
}

/** A variable that is empty is none. */
export function fromEnvironment(
  environment: Environment,
  name: string,
  kind: SecretSource['kind'],
): Secret | null {
  const value = environment[name];
  return value === undefined || value === '' ? null : cleanSecret(value, { kind, name });
}

function warnVisible(say: (text: string) => void, option: string, better: string): void {
  say(
    `Warning: other users of this machine can see the value of ${option} while the command runs. ${better} is safer.`,
  );
}
