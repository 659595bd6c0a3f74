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

/**
 * Asks before anything is erased, and if something has not reached the server. If nobody can answer, only what would
 * lose something is refused.
 */
export async function signOut(context: Context, options: SignOutOptions): Promise<ExitCode> {
  const home = await context.home();
  const erase = options.erase === true;
  const { signedIn: wasSignedIn, storeLost } = await home.account.state();
  const status = storeLost ? nothingWaits : await home.sync.status();
  if (options.yes !== true && !(await isMeant(context, status.pendingChanges, erase))) {
    context.terminal.say('Nothing was changed.');
    return exitCodes.failed;
  }
  await home.account.signOut({ erase });
  return print(context, {
    json: () => ({ wasSignedIn, erased: erase, pending: status.pendingOperations }),
    text: () => nameHome(describeSignOut(wasSignedIn, erase), context.call),
  });
}

const nothingWaits = { pendingOperations: 0, pendingChanges: 0 };

async function isMeant({ terminal }: Context, pending: number, erase: boolean): Promise<boolean> {
  if (!erase && pending === 0) return true;
  if (terminal.canAsk) return terminal.ask.confirm(questionFor(pending, erase));
  if (!erase || pending === 0) return true;
  throw new DataansError('invalid', `${describeWaiting(pending)} ${describeLoss(pending)}`, {
    advice: 'Send them first with: dataans sync. To erase them anyway, add --yes.',
  });
}

function questionFor(pending: number, erase: boolean): string {
  if (!erase)
    return `${describeWaiting(pending)} ${pending === 1 ? 'It stays' : 'They stay'} on this device. Sign out anyway?`;
  return pending === 0
    ? 'This removes all notes, files and keys from this device. To get them back here, you need your password and passphrase. Erase?'
    : `${describeWaiting(pending)} ${describeLoss(pending)} Erase anyway?`;
}

function describeWaiting(pending: number): string {
  return `${formatCount(pending, 'change')} ${pending === 1 ? "hasn't" : "haven't"} reached the server.`;
}

function describeLoss(pending: number): string {
  return `Erasing this device loses ${pending === 1 ? 'it' : 'them'} for good.`;
}

function describeSignOut(wasSignedIn: boolean, erased: boolean): string {
  if (erased) return 'Signed out and erased. Your notes and files are no longer on this device.';
  return wasSignedIn
    ? 'Signed out. Your notes stay on this device. To erase them: dataans sign-out --erase'
    : "This device wasn't signed in.";
}
