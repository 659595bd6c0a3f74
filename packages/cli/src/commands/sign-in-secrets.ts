import { readFile } from 'node:fs/promises';
import type { Access } from '@dataans/client';
import { createSecret, type Secret } from '@dataans/client';
import type { Context } from '../context.ts';
import type { Environment } from '../surroundings.ts';
import { printableLine } from '../output/printable.ts';
import type { InputLimit } from '../terminal/read-input.ts';
import { UsageError } from '../usage-error.ts';

const passwordInput: InputLimit = {
  bytesMax: 64 * 1_024,
  taker: 'a password',
  advice:
    'Pipe in the password alone, as UTF-8 text. If its file has another encoding, save it as UTF-8 first.',
};

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
    return createSecret(withoutLineEnd(await terminal.readInput(passwordInput)));
  }
  const password = environment['DATAANS_PASSWORD'];
  return password === undefined || password === '' ? null : createSecret(password);
}

/** The password from the person; twice where nobody has proven it yet. */
export async function askPassword({ terminal }: Context, isNew: boolean): Promise<Secret> {
  if (!terminal.canAsk) {
    throw new UsageError(
      'There is no terminal to ask for the password.',
      'Set DATAANS_PASSWORD, or pipe it in with --password-stdin.',
    );
  }
  const password = await terminal.ask.hidden(isNew ? 'Choose a password:' : 'Password:');
  if (isNew && (await terminal.ask.hidden('The same once more:')) !== password) {
    throw new UsageError('The two passwords differ.', 'Try again.');
  }
  return createSecret(password);
}

/** The passphrase where it was given; `null` where it was not. */
export async function givenPassphrase(
  { terminal, environment }: Context,
  { passphrase, passphraseFile, profile }: PassphraseOptions,
): Promise<Secret | null> {
  if (passphrase !== undefined) {
    warnVisible(terminal.say, '--passphrase', '--passphrase-file or DATAANS_PASSPHRASE');
    return createSecret(passphrase);
  }
  if (passphraseFile !== undefined) return createSecret(withoutLineEnd(await readText(passphraseFile)));
  if (profile !== undefined) return createSecret(passphraseOfProfile(await readText(profile), profile));
  const fromEnvironment = environment['DATAANS_PASSPHRASE'];
  return fromEnvironment === undefined || fromEnvironment === '' ? null : createSecret(fromEnvironment);
}

/** What lets this device in, beside the password. */
export function givenAccess({ terminal, environment }: Context, token: string | undefined): Access {
  if (token !== undefined) warnVisible(terminal.say, '--token', 'DATAANS_TOKEN');
  const bearer = token ?? valueOf(environment, 'DATAANS_TOKEN');
  const clientId = valueOf(environment, 'DATAANS_ACCESS_CLIENT_ID');
  const clientSecret = valueOf(environment, 'DATAANS_ACCESS_CLIENT_SECRET');
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    throw new UsageError('DATAANS_ACCESS_CLIENT_ID and DATAANS_ACCESS_CLIENT_SECRET go together.');
  }
  if (clientId === undefined || clientSecret === undefined) {
    return bearer === undefined ? { kind: 'none' } : { kind: 'bearer', token: createSecret(bearer) };
  }
  if (bearer !== undefined) {
    throw new UsageError('Both a token and Cloudflare Access credentials were given.', 'Give one of them.');
  }
  return { kind: 'cloudflare-access', clientId, clientSecret: createSecret(clientSecret) };
}

function valueOf(environment: Environment, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name];
}

function warnVisible(say: (text: string) => void, option: string, better: string): void {
  say(`Others on this machine can see what ${option} is given while the command runs; ${better} is safer.`);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const name = printableLine(path);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError(`There is no file ${name}.`);
    throw new UsageError(
      `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function passphraseOfProfile(text: string, path: string): string {
  const passphrase = findPassphrase(text);
  if (passphrase === null) {
    throw new UsageError(
      `${path} is not the profile.json of a device: it holds no passphrase.`,
      'It lies in the app data directory of a device that is signed in.',
    );
  }
  return passphrase;
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

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
