import { parseArgs } from 'node:util';
import { findClosest } from '@dataans/core';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';
import { isRemoteAddress, parseRemoteAddress } from '../config/remote-place.ts';
import { parseFolder } from '../options/folder.ts';
import { commandNames, type CommandName } from './help.ts';

export type Command =
  | { readonly name: 'help'; readonly about: CommandName | '' }
  | { readonly name: 'version' }
  | { readonly name: 'start' }
  | { readonly name: 'health' }
  | { readonly name: 'config' }
  | { readonly name: 'status' }
  | { readonly name: 'doctor' }
  | { readonly name: 'migrate' }
  | { readonly name: 'check'; readonly isDeep: boolean }
  | { readonly name: 'check backup'; readonly folder: string }
  | { readonly name: 'check server'; readonly address: string }
  | { readonly name: 'backup'; readonly folder: string; readonly verify: boolean }
  | {
      readonly name: 'backup server';
      readonly address: string;
      readonly folder: string;
      readonly verify: boolean;
    }
  | { readonly name: 'restore'; readonly folder: string; readonly number: number | null }
  | { readonly name: 'account add'; readonly account: string }
  | { readonly name: 'account list' }
  | {
      readonly name: 'account link';
      readonly account: string;
      readonly signIn: string;
      readonly issuer: string | null;
    }
  | { readonly name: 'account quota'; readonly account: string; readonly size: string }
  | { readonly name: 'account close'; readonly account: string; readonly isUndone: boolean }
  | { readonly name: 'token add'; readonly token: string; readonly expiresIn: string | null }
  | { readonly name: 'token list' }
  | { readonly name: 'token revoke'; readonly token: string };

export interface CommandLine {
  readonly command: Command;
  readonly configPath: string | null;
  readonly asJson: boolean;
  /** Which of many accounts the command is about, as somebody named it. */
  readonly account: string | null;
}

/** Throws `OperatorError` with exit code 2 where the words make no command. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const { values, positionals } = parseWords(words);
  const [name, ...rest] = positionals;
  const flags = {
    configPath: values.config ?? null,
    asJson: values.json ?? false,
    account: values.account ?? null,
  };
  if (values.version === true) return { ...flags, command: { name: 'version' } };
  const known = commandNames.find((candidate) => candidate === name);
  if (values.help === true || name === 'help')
    return { ...flags, command: { name: 'help', about: known ?? '' } };
  if (known === undefined) throw usage(unknownCommandSentence(name));
  const command = commandOf(known, rest, {
    expiresIn: values.expires ?? null,
    verify: values.verify ?? false,
    number: values.number ?? null,
    isDeep: values.deep ?? false,
    issuer: values.issuer ?? null,
    isUndone: values.undo ?? false,
  });
  if (values.expires !== undefined && command.name !== 'token add')
    throw usage(`--expires belongs to token add. See: dataans-server ${known} --help`);
  if (values.verify !== undefined && known !== 'backup')
    throw usage(`--verify belongs to backup. See: dataans-server ${known} --help`);
  if (values.deep !== undefined && command.name !== 'check')
    throw usage(`--deep belongs to check without a folder. See: dataans-server ${known} --help`);
  if (values.number !== undefined && command.name !== 'restore')
    throw usage(`--number belongs to restore. See: dataans-server ${known} --help`);
  if (values.issuer !== undefined && command.name !== 'account link')
    throw usage(`--issuer belongs to account link. See: dataans-server ${known} --help`);
  if (values.undo !== undefined && command.name !== 'account close')
    throw usage(`--undo belongs to account close. See: dataans-server ${known} --help`);
  if (flags.account !== null && !ofAnAccount.has(known))
    throw usage(`--account belongs to ${[...ofAnAccount].join(', ')}. See: dataans-server ${known} --help`);
  if (flags.asJson && command.name === 'start')
    throw usage('start only prints its address. Leave out --json.');
  return { ...flags, command };
}

/** What can be about one account of many. */
const ofAnAccount: ReadonlySet<CommandName> = new Set([
  'token',
  'status',
  'doctor',
  'check',
  'backup',
  'restore',
] as const);

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        json: { type: 'boolean' },
        expires: { type: 'string' },
        verify: { type: 'boolean' },
        number: { type: 'string' },
        deep: { type: 'boolean' },
        account: { type: 'string' },
        issuer: { type: 'string' },
        undo: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usage(`${errorText(error).split('. ')[0] ?? ''}. See: dataans-server --help`);
  }
}

interface CommandFlags {
  readonly expiresIn: string | null;
  readonly verify: boolean;
  readonly number: string | null;
  readonly isDeep: boolean;
  readonly issuer: string | null;
  readonly isUndone: boolean;
}

function commandOf(name: CommandName, rest: readonly string[], flags: CommandFlags): Command {
  const { expiresIn, verify, number } = flags;
  if (name === 'token') return tokenCommandOf(rest, expiresIn);
  if (name === 'account') return accountCommandOf(rest, flags);
  if (name === 'backup') return backupCommandOf(rest, verify);
  if (name === 'restore') return { name, folder: folderOf(name, rest), number: numberOf(number) };
  if (name === 'check' && rest.length > 0) return checkCommandOf(rest);
  if (name === 'check') return { name, isDeep: flags.isDeep };
  if (rest.length > 0) throw usage(`${name} takes no more arguments. See: dataans-server ${name} --help`);
  return { name };
}

function backupCommandOf(rest: readonly string[], verify: boolean): Command {
  const [first = '', ...more] = rest;
  return isRemoteAddress(first)
    ? { name: 'backup server', address: addressOf(first), folder: folderOf('backup', more), verify }
    : { name: 'backup', folder: folderOf('backup', rest), verify };
}

function checkCommandOf(rest: readonly string[]): Command {
  const [first = ''] = rest;
  return rest.length === 1 && isRemoteAddress(first)
    ? { name: 'check server', address: addressOf(first) }
    : { name: 'check backup', folder: folderOf('check', rest) };
}

function addressOf(text: string): string {
  const parsed = parseRemoteAddress(text);
  if (parsed.ok) return parsed.value;
  throw usage(`The server must be ${parsed.mustBe}.`);
}

const usageByName: Readonly<Partial<Record<CommandName, string>>> = {
  backup: 'dataans-server backup [ADDRESS] DIR',
  check: 'dataans-server check [DIR | ADDRESS]',
};

function folderOf(name: CommandName, [folder, ...more]: readonly string[]): string {
  if (folder === undefined || folder === '' || more.length > 0)
    throw usage(`Usage: ${usageByName[name] ?? `dataans-server ${name} DIR`}`);
  const parsed = parseFolder(folder);
  if (!parsed.ok) throw usage(`The folder of ${name} must be ${parsed.mustBe}.`);
  return parsed.value;
}

function numberOf(text: string | null): number | null {
  if (text === null || /^[1-9]\d{0,8}$/.test(text)) return text === null ? null : Number(text);
  throw usage('--number must be the number of a backup, such as 12.');
}

function tokenCommandOf([action, token, ...more]: readonly string[], expiresIn: string | null): Command {
  if (more.length > 0) throw usage('Put quotes around a token name with spaces in it.');
  if (action === 'list' && token === undefined) return { name: 'token list' };
  if (action === 'add' && token !== undefined) return { name: 'token add', token, expiresIn };
  if (action === 'revoke' && token !== undefined) return { name: 'token revoke', token };
  throw usage('Usage: dataans-server token add NAME, token list or token revoke NAME');
}

function accountCommandOf(
  [action, account, second, ...more]: readonly string[],
  { issuer, isUndone }: CommandFlags,
): Command {
  if (more.length > 0 || (second !== undefined && action !== 'link' && action !== 'quota'))
    throw usage('Put quotes around a name with spaces in it.');
  if (action === 'list' && account === undefined) return { name: 'account list' };
  if (action === 'add' && account !== undefined) return { name: 'account add', account };
  if (action === 'close' && account !== undefined) return { name: 'account close', account, isUndone };
  if (action === 'quota' && account !== undefined && second !== undefined)
    return { name: 'account quota', account, size: second };
  if (action === 'link' && account !== undefined && second !== undefined)
    return { name: 'account link', account, signIn: second, issuer };
  throw usage(
    'Usage: dataans-server account add NAME, account list, account link ACCOUNT SIGN-IN, account quota ACCOUNT SIZE or account close ACCOUNT',
  );
}

function unknownCommandSentence(name: string | undefined): string {
  if (name === undefined) return 'No command given. To run the server: dataans-server start';
  const closest = findClosest(name, commandNames);
  return closest === null
    ? `Unknown command “${name}”. See: dataans-server --help`
    : `Unknown command “${name}”. Did you mean dataans-server ${closest}?`;
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
