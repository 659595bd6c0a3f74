import type { AuthMethodName } from '../auth/methods.ts';
import { parseSize, sizeToText } from '../options/size.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type {
  Account,
  AccountId,
  Directory,
  LinkedSignIn,
  SignIn,
  WaitingSignIn,
} from '../stores/directory.ts';
import { findAccount } from './find-account.ts';
import { formatJson, formatTable, type Output } from './output.ts';

export interface AccountCommandContext {
  readonly directory: Directory;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly output: Output;
  readonly asJson: boolean;
}

const nameCharactersMax = 320;

/** Makes an account that nobody signs in to yet. // SRV-112 */
export async function addAccount(
  { directory, now, output, asJson }: AccountCommandContext,
  name: string,
  id: AccountId,
): Promise<void> {
  requireName(name);
  if ((await directory.list()).some((account) => account.name === name))
    throw new OperatorError(`There's already an account named “${name}”. Choose another name.`);
  await directory.add({ id, name, created: now });
  if (asJson) return output.stdout(formatJson({ id, name }));
  output.stdout(`${id}\n`);
  output.stderr(
    `Created account “${name}”. Make a token for it with: dataans-server token add NAME --account ${id}\nOr give it the sign-in of a person who has tried: dataans-server account link ${id} SIGN-IN\n`,
  );
}

/** Prints the accounts with who signs in to each, and who has tried and has none. */
export async function listAccounts({ directory, output, asJson }: AccountCommandContext): Promise<void> {
  const accounts = await directory.list();
  const signIns = Map.groupBy(await directory.listSignIns(), ({ account }) => account);
  const waiting = await directory.listWaiting();
  if (asJson)
    return output.stdout(
      formatJson({
        accounts: accounts.map((account) => ({
          ...account,
          created: isoOrNull(account.created),
          closed: isoOrNull(account.closed),
          signIns: (signIns.get(account.id) ?? []).map(({ method, issuer, subject, name }) => ({
            method,
            issuer,
            subject,
            name,
          })),
        })),
        waiting: waiting.map(({ tried, ...signIn }) => ({ ...signIn, tried: isoOrNull(tried) })),
      }),
    );
  if (accounts.length === 0)
    output.stderr('No accounts yet. Create one with: dataans-server account add NAME\n');
  else output.stdout(formatTable(tableOf(accounts, signIns)));
  if (waiting.length > 0) output.stdout(waitingText(waiting));
}

function tableOf(accounts: readonly Account[], signIns: ReadonlyMap<AccountId, readonly LinkedSignIn[]>) {
  return {
    header: ['ID', 'NAME', 'STATE', 'QUOTA', 'CREATED', 'SIGN-INS'],
    rows: accounts.map(({ id, name, closed, quota, created }) => [
      id,
      printable(name),
      closed === null ? 'active' : 'closed',
      quota === null ? 'none' : sizeToText(quota),
      isoOrNull(created) ?? '',
      (signIns.get(id) ?? []).map((signIn) => printable(signIn.name)).join(', '),
    ]),
  };
}

function waitingText(waiting: readonly WaitingSignIn[]): string {
  const table = formatTable({
    header: ['SIGN-IN', 'TRIED', 'SUBJECT', 'ISSUER'],
    rows: waiting.map(({ name, tried, subject, issuer }) => [
      printable(name),
      isoOrNull(tried) ?? '',
      printable(subject),
      printable(issuer),
    ]),
  });
  return `\nThese were allowed and have no account. Link one with: dataans-server account link ACCOUNT SIGN-IN\n${table}`;
}

/** Who a sign-in is: one that was tried, or all that an issuer says of it. */
export interface NamedSignIn {
  /** As `account list` shows it: the name or the subject. */
  readonly text: string;
  /** Default, as `null`: that of a sign-in that was tried. */
  readonly issuer: string | null;
}

/** Gives a sign-in to an account. // SRV-112 */
export async function linkSignIn(
  { directory, output, asJson }: AccountCommandContext,
  account: string,
  named: NamedSignIn,
  method: AuthMethodName | null,
): Promise<void> {
  const { id, name } = await findAccount(directory, account);
  const signIn = await findSignIn(directory, named, method);
  await directory.link(signIn, id);
  if (asJson) return output.stdout(formatJson({ account: id, ...signIn }));
  output.stderr(`“${printable(signIn.name)}” signs in to account “${printable(name)}” from now on.\n`);
}

async function findSignIn(
  directory: Directory,
  { text, issuer }: NamedSignIn,
  method: AuthMethodName | null,
): Promise<SignIn> {
  const known = [...(await directory.listWaiting()), ...(await directory.listSignIns())];
  const found = known.filter(
    (signIn) =>
      (signIn.name === text || signIn.subject === text) && (issuer === null || signIn.issuer === issuer),
  );
  const [first, ...others] = found;
  if (others.length > 0)
    throw new OperatorError(
      `More than one sign-in is called “${text}”. Use its subject: ${found.map(({ subject }) => printable(subject)).join(', ')}`,
    );
  if (first !== undefined)
    return { method: first.method, issuer: first.issuer, subject: first.subject, name: first.name };
  if (issuer !== null && method !== null) return { method, issuer, subject: text, name: text };
  throw new OperatorError(
    `Nobody named “${text}” has tried to sign in. Let them try first, or give the subject that the issuer has for them, with --issuer. To see all: dataans-server account list`,
  );
}

/** Bounds what an account may have, or bounds it no more. // SRV-117 */
export async function setQuota(
  { directory, output, asJson }: AccountCommandContext,
  text: string,
  size: string,
): Promise<void> {
  const bytes = size === 'none' ? null : parseSize(size);
  if (bytes === null && size !== 'none')
    throw new OperatorError('A quota must be a size such as 500MB, 10GB or 2TB, or none.', {
      exitCode: exitCodes.usage,
    });
  const { id, name } = await findAccount(directory, text);
  await directory.setQuota(id, bytes);
  if (asJson) return output.stdout(formatJson({ id, quota: bytes }));
  output.stderr(
    bytes === null
      ? `Account “${printable(name)}” has no quota.\n`
      : `Account “${printable(name)}” may have ${sizeToText(bytes)} from now on. What it has is kept, also if that is more.\n`,
  );
}

/** Keeps everybody out of an account from now on, or lets them in again. Its notes stay where they are. // SRV-112 */
export async function closeAccount(
  { directory, now, output, asJson }: AccountCommandContext,
  text: string,
  closes: boolean,
): Promise<void> {
  const { id, name } = await findAccount(directory, text);
  const closed = closes ? now : null;
  await directory.setClosed(id, closed);
  if (asJson) return output.stdout(formatJson({ id, closed: isoOrNull(closed) }));
  output.stderr(
    closes
      ? `Closed account “${printable(name)}”. Nobody signs in to it, and its notes are kept. To undo: dataans-server account close ${id} --undo\n`
      : `Account “${printable(name)}” is active again.\n`,
  );
}

function requireName(name: string): void {
  if (name.trim() !== name || name === '' || name.length > nameCharactersMax || /\p{C}/u.test(name))
    throw new OperatorError(
      `An account's name must be 1 to ${nameCharactersMax} visible characters, such as the person's name.`,
      { exitCode: exitCodes.usage },
    );
}

/** What an issuer says of somebody goes to a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '\ufffd');
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
