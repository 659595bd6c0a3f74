import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { print } from '../output/print.ts';

/** What a person has to know about it. */
export const keepPassphrase = [
  'Write it down, or keep it in your password manager, apart from this device. Every other device',
  'needs it with your password to sign in. Without both of them nobody can read your notes, and',
  'nobody can bring them back: not the server, and not the people who run it.',
].join('\n');

export async function showPassphrase(context: Context): Promise<ExitCode> {
  const { readHomeProfile } = await import('@dataans/client/node');
  await context.home();
  const profile = readHomeProfile(await context.directory());
  if (profile === null) {
    throw new DataansError('not-signed-in', 'This device is not signed in, and knows no passphrase.', {
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
