import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';

/** What a person has to know about it. */
export const keepPassphrase = [
  'Save it now, in a password manager or on paper, somewhere other than this device.',
  'Every new device needs it, together with your password, to sign in.',
  'If you lose either one and no device is signed in any more, nobody can bring your notes back.',
].join('\n');

export async function showPassphrase(context: Context): Promise<ExitCode> {
  const { readHomeProfile } = await import('@dataans/client/node');
  await context.home();
  const profile = readHomeProfile(await context.directory());
  if (profile === null) {
    throw new DataansError('not-signed-in', "This device isn't signed in, so it can't show the passphrase.", {
      advice: `Sign in with: ${context.signInCommand('URL')}`,
    });
  }
  const passphrase = profile.passphrase.reveal();
  context.terminal.hint(keepPassphrase);
  if (context.json) {
    const advice = keepPassphrase.replaceAll('\n', ' ');
    return print(context, { json: () => ({ server: profile.server, passphrase, advice }), text: () => '' });
  }
  await context.terminal.write(`${passphrase}\n`);
  return exitCodes.done;
}
