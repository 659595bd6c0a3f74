import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { nameHome } from '../output/name-home.ts';
import { print } from '../output/print.ts';
import { formatCount } from '../output/sizes.ts';

export interface SignOutOptions {
  readonly erase?: boolean;
  readonly yes?: boolean;
}

/** Asks where something has not reached the server; where nobody can answer, only what would lose it is refused. */
export async function signOut(context: Context, options: SignOutOptions): Promise<ExitCode> {
  const home = await context.home();
  const erase = options.erase === true;
  const { signedIn: wasSignedIn, storeLost } = await home.account.state();
  const pendingOperations = storeLost ? 0 : (await home.sync.status()).pendingOperations;
  if (pendingOperations > 0 && options.yes !== true && !(await isMeant(context, pendingOperations, erase))) {
    context.terminal.say('Nothing was changed.');
    return exitCodes.failed;
  }
  await home.account.signOut({ erase });
  return print(context, {
    json: () => ({ wasSignedIn, erased: erase, pending: pendingOperations }),
    text: () => nameHome(describeSignOut(wasSignedIn, erase), context.call),
  });
}

async function isMeant({ terminal }: Context, pending: number, erase: boolean): Promise<boolean> {
  const waiting = `${formatCount(pending, 'change')} ${pending === 1 ? 'has' : 'have'} not reached the server`;
  if (terminal.canAsk) {
    return terminal.ask.confirm(`${waiting}. ${erase ? 'Erase them for good?' : 'Sign out all the same?'}`);
  }
  if (!erase) return true;
  throw new DataansError('invalid', `${waiting}, and erasing this device would lose them.`, {
    advice: 'Send them first with: dataans sync. Or erase them all the same with --yes.',
  });
}

function describeSignOut(wasSignedIn: boolean, erased: boolean): string {
  if (erased) return 'Signed out, and erased the notes and files on this device.';
  return wasSignedIn
    ? 'Signed out. The notes stay on this device; erase them with: dataans sign-out --erase'
    : 'This device was not signed in.';
}
