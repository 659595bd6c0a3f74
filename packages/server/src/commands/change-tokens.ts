import { randomBytes } from 'node:crypto';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { openTokens, placeOfAccount, storesToText } from '../storage/open-stores.ts';
import type { StoresPlace } from '../storage/server-stores.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { withDirectory, type ChangeContext } from './change-accounts.ts';
import { findAccount } from './find-account.ts';
import type { Command } from './parse-command-line.ts';
import { addToken, listTokens, revokeToken, type TokenCommandContext } from './token.ts';

type TokenCommand = Extract<Command, { readonly name: `token ${string}` }>;

export function isAboutTokens(command: Command): command is TokenCommand {
  return command.name.startsWith('token ');
}

/**
 * Changes or prints the tokens of a server, also while it runs. // SRV-25
 *
 * @param account whose they are, if there are many
 */
export async function changeTokens(
  command: TokenCommand,
  account: string | null,
  context: ChangeContext,
): Promise<void> {
  const { settings, output } = context;
  if (settings.manyAccounts !== null) return changeTokensOf(command, account, context);
  await withTokens(settings, async (tokens, isNew) => {
    // A disk that was not mounted looks like this as well. // SRV-45
    if (isNew)
      output.stderr(
        `There were no tokens in ${storesToText(settings)} yet. If you expected some, check ${settings.database === null ? 'DATAANS_DATA and that its disk is mounted' : 'DATAANS_DATABASE'}.\n`,
      );
    await change(command, { ...context, tokens });
  });
}

async function changeTokensOf(
  command: TokenCommand,
  account: string | null,
  context: ChangeContext,
): Promise<void> {
  const { settings } = context;
  if (account === null)
    throw new OperatorError(
      'Say whose token it is, with --account and a name or an id. To see all: dataans-server account list',
      { exitCode: exitCodes.usage },
    );
  await withDirectory(settings, async (directory) => {
    const found = await findAccount(directory, account);
    await withTokens(placeOfAccount<StoresPlace>(settings, found), async (tokens) => {
      const add: TokenStore['add'] = async (token) => {
        // What is noted of a token that is then not stored does no harm.
        await directory.noteToken(token.hash, found.id);
        return tokens.add(token);
      };
      await change(command, { ...context, tokens: { ...tokens, add } });
    });
  });
}

async function change(command: TokenCommand, context: TokenCommandContext): Promise<void> {
  if (command.name === 'token list') return listTokens(context);
  if (command.name === 'token revoke') return revokeToken(context, command.token);
  return addToken(context, command.token, { expiresIn: command.expiresIn, randomBytes });
}

async function withTokens(
  place: StoresPlace,
  work: (tokens: TokenStore, isNew: boolean) => Promise<void>,
): Promise<void> {
  const { tokens, isNew } = await openTokens(place);
  try {
    await work(tokens, isNew);
  } finally {
    await tokens.close();
  }
}
