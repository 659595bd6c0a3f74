import {
  accessToPlain,
  isReadableOnItsWay,
  parseServerAddress,
  type Access,
  type Home,
  type Secret,
  type SignInResult,
} from '@dataans/client';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findAccess } from '../hand-over/find-access.ts';
import { formatLocalTime } from '../output/dates.ts';
import { printResult } from '../output/print.ts';
import { cleanSecret } from '../secrets/clean-secret.ts';
import { UsageError } from '../usage-error.ts';
import { keepPassphrase } from './passphrase.ts';
import {
  askPassword,
  givenAccess,
  givenPassphrase,
  givenPassword,
  type PassphraseOptions,
} from './sign-in-secrets.ts';

export interface SignInOptions extends PassphraseOptions {
  readonly passwordStdin?: boolean;
  readonly token?: string;
  readonly device?: string;
  /** `false` where none is to be opened. */
  readonly browser?: boolean;
}

export async function signInTo(context: Context, typed: string, options: SignInOptions): Promise<ExitCode> {
  const server = regularAddress(typed);
  const given = givenAccess(context, options.token);
  const home = await context.newHome();
  const { account } = home;
  const device = options.device ?? (await account.state()).device ?? context.hostname;
  const opensBrowser = options.browser !== false;
  const access =
    given.kind === 'none' ? await findAccess(context, account, { server, device, opensBrowser }) : given;
  if (access.kind !== 'none' && isReadableOnItsWay(server))
    context.terminal.say(
      `Warning: the connection to ${server} isn't encrypted, so others on the network can read this device's access token. Use an https:// address.`,
    );
  const secrets = await givenSecrets(context, options);
  const isRenewal = secrets.password === null && secrets.passphrase === null && options.device === undefined;
  const signal = context.interrupt;
  const question = { server, access: accessToPlain(access) };
  if (isRenewal && (await account.renewAccess(question, { signal })))
    return showRenewal(context, home, { server, device });
  const complete = await completeSecrets(context, home, { server, access, secrets });
  context.terminal.progress.show('Deriving the key…');
  const password = complete.password.reveal();
  const passphrase = complete.passphrase?.reveal() ?? null;
  const signedIn = await account
    .signIn({ ...question, password, passphrase, device }, { signal })
    .catch(async (error: unknown) => {
      const { PassphraseNeededError } = await import('@dataans/client');
      if (!(error instanceof PassphraseNeededError)) throw error;
      throw new UsageError(error.message, 'Set DATAANS_PASSPHRASE, or give it with --passphrase-file.'); // CLI-6
    });
  const end = await describeEnd(home);
  await printResult(context, {
    json: () => ({
      server,
      device,
      account: signedIn.created ? 'created' : 'opened',
      passphrase: signedIn.passphraseGenerated ? signedIn.passphrase : null,
    }),
    text: () => describeSignIn(`Signed in to ${server} as “${device}”${end}.`, signedIn),
  });
  if (!signedIn.created) context.terminal.hint(`Get your notes from the server with: ${context.call} sync`);
  return exitCodes.done;
}

/** The account, its keys and the notes are as they were: only what lets this device in is another. */
async function showRenewal(
  context: Context,
  home: Home,
  { server, device }: { readonly server: string; readonly device: string },
): Promise<ExitCode> {
  const end = await describeEnd(home);
  await printResult(context, {
    json: () => ({ server, device, account: 'unchanged', passphrase: null }),
    text: () => `Signed in again to ${server} as “${device}”${end}.`,
  });
  context.terminal.hint(`Send what isn't on the server yet with: ${context.call} sync`);
  return exitCodes.done;
}

async function describeEnd({ sync }: Pick<Home, 'sync'>): Promise<string> {
  const expires = (await sync.status()).session?.expires ?? null;
  return expires === null ? '' : `, until ${formatLocalTime(expires)}`;
}

function regularAddress(typed: string): string {
  try {
    return parseServerAddress(typed);
  } catch (error) {
    if (error instanceof DataansError) throw new UsageError(error.message, error.advice);
    throw error;
  }
}

interface GivenSecrets {
  readonly password: Secret | null;
  readonly passphrase: Secret | null;
}

async function givenSecrets(context: Context, options: SignInOptions): Promise<GivenSecrets> {
  return {
    password: await givenPassword(context, options),
    passphrase: await givenPassphrase(context, options),
  };
}

/** What was given; the rest is asked for, which depends on whether there is an account yet. */
async function completeSecrets(
  context: Context,
  home: Home,
  { server, access, secrets }: { server: string; access: Access; secrets: GivenSecrets },
): Promise<{ readonly password: Secret; readonly passphrase: Secret | null }> {
  const { password } = secrets;
  const passphrase = secrets.passphrase ?? (await ownPassphrase(context, server));
  if (!context.terminal.canAsk || (password !== null && passphrase !== null)) {
    return { password: password ?? (await askPassword(context, false)), passphrase };
  }
  const { account } = await home.account.meet(
    { server, access: accessToPlain(access) },
    { signal: context.interrupt },
  );
  const isNew = account === 'none';
  if (isNew) context.terminal.say(`${server} has no account yet. This creates one.`);
  return {
    password: password ?? (await askPassword(context, isNew)),
    passphrase: passphrase ?? (isNew ? null : await askPassphrase(context)),
  };
}

/** Who gave a passphrase may have meant to join an account that is there no more. */
const newAccount = [
  'This server had no account, so a new one was created.',
  'Expected to find your notes? Then this is the wrong address, or the server has lost its data.',
  "Stop the server, move its data folder aside (don't delete it), start it again, and run dataans sync on a",
  'device that has your notes. Only then sign in on new devices.',
].join('\n');

/** What this home was signed in with before. */
async function ownPassphrase({ directory }: Context, server: string): Promise<Secret | null> {
  const { readHomeProfile } = await import('@dataans/client/node');
  const profile = readHomeProfile(await directory());
  return profile?.server === server ? profile.passphrase : null;
}

async function askPassphrase({ terminal }: Context): Promise<Secret> {
  return cleanSecret(await terminal.ask.line('Passphrase:'), { kind: 'passphrase', name: 'The passphrase' });
}

function describeSignIn(done: string, signedIn: SignInResult): string {
  if (!signedIn.passphraseGenerated) return signedIn.created ? `${done}\n${newAccount}` : done;
  return [done, '', 'Your passphrase:', '', `  ${signedIn.passphrase}`, '', keepPassphrase].join('\n');
}
