import { Option, type Command } from 'commander';
import type { PasswordOptions } from '../commands/password.ts';
import type { SignInOptions } from '../commands/sign-in.ts';
import type { SignOutOptions } from '../commands/sign-out.ts';
import { defineCommand } from './define-command.ts';
import type { ActHere } from './act.ts';

const signInNotes = `
Environment: DATAANS_PASSWORD, DATAANS_PASSPHRASE, DATAANS_TOKEN, DATAANS_ACCESS_CLIENT_ID and
DATAANS_ACCESS_CLIENT_SECRET stand for what is not given as an option. Other users of this machine can
see the value of an option while the command runs.

If a login page such as Cloudflare Access is in front of the server, your browser opens it. When that session
expires, run the same command again. It doesn't ask for your password, and nothing is lost.`;

const passwordNotes = `
Environment: DATAANS_PASSWORD and DATAANS_NEW_PASSWORD stand for the old and the new password.

Your other devices keep working, even those that are offline now. A device that signs in from now on needs the new
password. Someone who has a copy of the old account record from the server and knows the old password can still open
that copy. A new password doesn't take back what they could already read.`;

export function addAccountCommands(program: Command, act: ActHere): void {
  defineCommand(program, 'sign-in', 'Connect this device to a server', [
    'dataans sign-in https://notes.example.org',
    'dataans sign-in https://notes.example.org --passphrase-file passphrase.txt',
    'dataans sign-in 127.0.0.1:8000 --password-stdin < password.txt',
  ])
    .argument('<url>', "the server's address")
    .option('--password-stdin', 'read the password from stdin')
    .addOption(
      new Option('--passphrase <words>', 'the passphrase of the account').conflicts([
        'passphraseFile',
        'profile',
      ]),
    )
    .addOption(new Option('--passphrase-file <path>', 'read the passphrase from a file').conflicts('profile'))
    .option('--profile <path>', "read the passphrase from another device's profile.json")
    .option('--token <token>', "this device's access token, if the server asks for one")
    .option('--no-browser', 'print the login address instead of opening a browser')
    .option('--device <name>', "the name your other devices show for this one (default: the machine's name)")
    .addHelpText('after', signInNotes)
    .action((url: string, options: SignInOptions) =>
      act(async (context) => (await import('../commands/sign-in.ts')).signInTo(context, url, options)),
    );
  defineCommand(
    program,
    'sign-out',
    'Sign out: remove keys and tokens from this device (notes stay unless you add --erase)',
    ['dataans sign-out', 'dataans sign-out --erase'],
  )
    .option('--erase', 'also erase the notes and files on this device')
    .option('-y, --yes', "don't ask, even if changes haven't reached the server")
    .action((options: SignOutOptions) =>
      act(async (context) => (await import('../commands/sign-out.ts')).signOut(context, options)),
    );
  defineCommand(program, 'password', 'Change the password, on this device and for every new one', [
    'dataans password',
    'dataans password --new-passphrase',
    'dataans password --password-stdin < old-and-new.txt',
  ])
    .option('--password-stdin', 'read the old and the new password from stdin, a line each')
    .option('--new-passphrase', 'also create a new passphrase and print it')
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
