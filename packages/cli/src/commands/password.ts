import type { Secret } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { cleanSecret } from '../secrets/clean-secret.ts';
import { UsageError } from '../usage-error.ts';
import { keepPassphrase } from './passphrase.ts';
import { askPassword, fromEnvironment, givenPassword, readPasswordInput } from './sign-in-secrets.ts';

export interface PasswordOptions {
  readonly passwordStdin?: boolean;
  readonly newPassphrase?: boolean;
}

const lineFeed = 0x0a;

interface Passwords {
  readonly password: Secret;
  readonly newPassword: Secret;
}

export async function changePassword(context: Context, options: PasswordOptions): Promise<ExitCode> {
  const home = await context.home();
  const newPassphrase = options.newPassphrase === true;
  const passwords = options.passwordStdin === true ? await readBoth(context) : await completeBoth(context);
  context.terminal.progress.show('Deriving the keys…');
  const { passphrase } = await home.account.changePassword(
    {
      password: passwords.password.reveal(),
      newPassword: passwords.newPassword.reveal(),
      newPassphrase,
    },
    { signal: context.interrupt },
  );
  return print(context, {
    json: () => ({ changed: true, passphrase: newPassphrase ? passphrase : null }),
    text: () => describeChange(newPassphrase ? passphrase : null),
  });
}

async function readBoth(context: Context): Promise<Passwords> {
  const piped = await readPasswordInput(context);
  const end = piped.indexOf(lineFeed);
  if (end === -1 || end === piped.length - 1)
    throw new UsageError(
      'Only one line was piped in.',
      'Pipe in the old password on the first line and the new one on the second.',
    );
  return {
    password: cleanSecret(piped.subarray(0, end), { kind: 'password', name: 'The first line' }),
    newPassword: cleanSecret(piped.subarray(end + 1), { kind: 'password', name: 'The second line' }),
  };
}

/** From the environment, and what is not there from the person. */
async function completeBoth(context: Context): Promise<Passwords> {
  const given = fromEnvironment(context.environment, 'DATAANS_NEW_PASSWORD', 'password');
  if (!context.terminal.canAsk && given === null)
    throw new UsageError(
      "Can't ask for the new password: this isn't an interactive terminal.",
      'Set DATAANS_NEW_PASSWORD, or pipe in both with --password-stdin.',
    );
  const password = (await givenPassword(context, {})) ?? (await askPassword(context, false));
  return { password, newPassword: given ?? (await askPassword(context, true)) };
}

function describeChange(passphrase: string | null): string {
  const done =
    'Changed the password. Your other devices keep working. A device that signs in from now on needs the new password.';
  if (passphrase === null) return done;
  return [done, '', 'Your new passphrase:', '', `  ${passphrase}`, '', keepPassphrase].join('\n');
}
