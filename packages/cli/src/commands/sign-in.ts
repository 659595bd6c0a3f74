import { parseServerAddress, type Access, type Secret, type SignedIn } from '@dataans/client';
import type { Home } from '@dataans/client/node';
import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printResult } from '../output/print.ts';
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
}

export async function signInTo(context: Context, typed: string, options: SignInOptions): Promise<ExitCode> {
  const server = regularAddress(typed);
  const access = givenAccess(context, options.token);
  const home = await context.newHome();
  const secrets = await findSecrets(context, home, { server, access, options });
  context.terminal.progress.show('Deriving the key…');
  const device = options.device ?? home.profile()?.device ?? context.hostname;
  const signal = context.interrupt;
  const signedIn = await home.signIn({ server, access, ...secrets, device, signal });
  await printResult(context, {
    json: () => ({
      server,
      device,
      account: signedIn.account,
      passphrase: signedIn.passphraseGenerated ? signedIn.passphrase.reveal() : null,
    }),
    text: () => describeSignIn(server, device, signedIn),
  });
  if (!signedIn.passphraseGenerated) context.terminal.hint('Get what is on the server with: dataans sync');
  return exitCodes.done;
}

function regularAddress(typed: string): string {
  try {
    return parseServerAddress(typed);
  } catch (error) {
    if (error instanceof DataansError) throw new UsageError(error.message, error.advice);
    throw error;
  }
}

interface Secrets {
  readonly password: Secret;
  readonly passphrase: Secret | null;
}

/** What was given; the rest is asked for, which depends on whether there is an account yet. */
async function findSecrets(
  context: Context,
  home: Home,
  { server, access, options }: { server: string; access: Access; options: SignInOptions },
): Promise<Secrets> {
  const password = await givenPassword(context, options);
  const passphrase = (await givenPassphrase(context, options)) ?? ownPassphrase(home, server);
  if (!context.terminal.canAsk || (password !== null && passphrase !== null)) {
    return { password: password ?? (await askPassword(context, false)), passphrase };
  }
  const isNew = !(await home.hasAccount({ server, access, signal: context.interrupt }));
  if (isNew) context.terminal.say(`${server} has no account yet: this makes it.`);
  return {
    password: password ?? (await askPassword(context, isNew)),
    passphrase: passphrase ?? (isNew ? null : await askPassphrase(context)),
  };
}

/** What this home was signed in with before. */
function ownPassphrase(home: Home, server: string): Secret | null {
  const profile = home.profile();
  return profile?.server === server ? profile.passphrase : null;
}

async function askPassphrase({ terminal }: Context): Promise<Secret> {
  const { createSecret } = await import('@dataans/client');
  return createSecret(await terminal.ask.line('Passphrase:'));
}

function describeSignIn(server: string, device: string, signedIn: SignedIn): string {
  const done = `Signed in to ${server} as “${device}”.`;
  if (!signedIn.passphraseGenerated) return done;
  return [done, '', 'Your passphrase:', '', `  ${signedIn.passphrase.reveal()}`, '', keepPassphrase].join(
    '\n',
  );
}
