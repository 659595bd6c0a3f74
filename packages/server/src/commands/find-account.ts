import { OperatorError } from '../operator-error.ts';
import type { Account, Directory } from '../stores/directory.ts';

/** The account of an id, the beginning of one, or a name. Throws `OperatorError` unless there is exactly one. */
export async function findAccount(directory: Directory, text: string): Promise<Account> {
  const accounts = await directory.list();
  // Anybody may be called like the id of somebody else.
  const byId = accounts.filter(({ id }) => id === text);
  const byName = accounts.filter(({ name }) => name === text);
  const byBeginning = text.length < beginningMin ? [] : accounts.filter(({ id }) => id.startsWith(text));
  const found = byId.length > 0 ? byId : byName.length > 0 ? byName : byBeginning;
  const [account, ...others] = found;
  if (account === undefined)
    throw new OperatorError(`There's no account “${text}”. To see all: dataans-server account list`);
  if (others.length === 0) return account;
  throw new OperatorError(
    `More than one account is called “${text}”. Use an id: ${found.map(({ id }) => id).join(', ')}`,
  );
}

const beginningMin = 4;
