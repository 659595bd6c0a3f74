import { Option, type Command } from 'commander';
import type { PasswordOptions } from '../commands/password.ts';
import type { SignInOptions } from '../commands/sign-in.ts';
import type { SignOutOptions } from '../commands/sign-out.ts';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

const signInNotes = `
Environment: DATAANS_PASSWORD, DATAANS_PASSPHRASE, DATAANS_TOKEN, DATAANS_ACCESS_CLIENT_ID and
DATAANS_ACCESS_CLIENT_SECRET stand for what is not given as an option. What is given as an option
can be seen by other people on this machine while the command runs.

Where a login such as Cloudflare Access stands before the server, your browser opens there. When that
sign-in has ended, the same command renews it: no password is asked, and nothing is lost.`;

const passwordNotes = `
Environment: DATAANS_PASSWORD and DATAANS_NEW_PASSWORD stand for the old and the new password.

Your other devices go on as they are, also those that are offline now. A device that signs in from now on needs the
new password. Whoever has a copy of the old account record from the server and knows the old password can still open
that copy: a new password does not take back what somebody could read before.`;

export function addAccountCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'sign-in', 'Connect this device to a server', [
    'dataans sign-in https://notes.example.org',
    'dataans sign-in https://notes.example.org --passphrase-file passphrase.txt',
    'dataans sign-in 127.0.0.1:8000 --password-stdin < password.txt',
  ])
    .argument('<url>', 'address of the server')
    .option('--password-stdin', 'read the password from what is piped in')
    .addOption(
      new Option('--passphrase <words>', 'the passphrase of the account').conflicts([
        'passphraseFile',
        'profile',
      ]),
    )
    .addOption(new Option('--passphrase-file <path>', 'read the passphrase from a file').conflicts('profile'))
    .option('--profile <path>', 'take the passphrase from the profile.json of another device')
    .option('--token <token>', 'the token that the server asks for')
    .option('--no-browser', 'only print the address to sign in at, where a login stands before the server')
    .option('--device <name>', 'what your other devices call this one (else the name of the machine)')
    .addHelpText('after', signInNotes)
    .action((url: string, options: SignInOptions) =>
      act(async (context) => (await import('../commands/sign-in.ts')).signInTo(context, url, options)),
    );
  defineCommand(program, 'sign-out', 'Forget the keys and tokens; the notes stay unless they are erased', [
    'dataans sign-out',
    'dataans sign-out --erase',
  ])
    .option('--erase', 'also erase the notes and files on this device')
    .option('-y, --yes', 'do not ask, even when changes have not reached the server')
    .action((options: SignOutOptions) =>
      act(async (context) => (await import('../commands/sign-out.ts')).signOut(context, options)),
    );
  defineCommand(program, 'password', 'Change the password, on this device and for every new one', [
    'dataans password',
    'dataans password --new-passphrase',
    'dataans password --password-stdin < old-and-new.txt',
  ])
    .option('--password-stdin', 'read the old and the new password from what is piped in, a line each')
    .option('--new-passphrase', 'also make a new passphrase, and print it')
    .addHelpText('after', passwordNotes)
    .action((options: PasswordOptions) =>
      act(async (context) => (await import('../commands/password.ts')).changePassword(context, options)),
    );
  defineCommand(program, 'passphrase', 'Show the passphrase, and how to keep it', [
    'dataans passphrase',
    'dataans passphrase --json',
  ]).action(() =>
    act(async (context) => (await import('../commands/passphrase.ts')).showPassphrase(context)),
  );
}
