import type { Settings } from '../config/read-settings.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { newAccountId, openDirectory } from '../storage/open-stores.ts';
import type { StoresPlace } from '../storage/server-stores.ts';
import type { Directory } from '../stores/directory.ts';
import {
  addAccount,
  closeAccount,
  linkSignIn,
  listAccounts,
  setQuota,
  type AccountCommandContext,
} from './account.ts';
import type { Output } from './output.ts';
import type { Command } from './parse-command-line.ts';

/** What a command that changes a little of a server has to know. */
export interface ChangeContext {
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly output: Output;
  readonly asJson: boolean;
}

type AccountCommand = Extract<Command, { readonly name: `account ${string}` }>;

export function isAboutAccounts(command: Command): command is AccountCommand {
  return command.name.startsWith('account ');
}

/** Changes or prints the accounts of a server that has many, also while it runs. // SRV-112 */
export async function changeAccounts(command: AccountCommand, printing: ChangeContext): Promise<void> {
  const { settings } = printing;
  if (settings.manyAccounts === null)
    throw new OperatorError('This server has one account. To have many, set DATAANS_ACCOUNTS=many.', {
      exitCode: exitCodes.usage,
    });
  await withDirectory(settings, async (directory) => {
    const context: AccountCommandContext = { ...printing, directory };
    if (command.name === 'account list') return listAccounts(context);
    if (command.name === 'account add') return addAccount(context, command.account, newAccountId());
    if (command.name === 'account close') return closeAccount(context, command.account, !command.isUndone);
    if (command.name === 'account quota') return setQuota(context, command.account, command.size);
    const { account, signIn: text, issuer } = command;
    return linkSignIn(context, account, { text, issuer }, settings.auth);
  });
}

/** For the time of some work. */
export async function withDirectory<Result>(
  place: StoresPlace,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const directory = await openDirectory(place);
  try {
    return await work(directory);
  } finally {
    await directory.close();
  }
}
