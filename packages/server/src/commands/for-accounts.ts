import type { Settings } from '../config/read-settings.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { placeOfAccount } from '../storage/open-stores.ts';
import type { StoresPlace } from '../storage/server-stores.ts';
import type { Account, Directory } from '../stores/directory.ts';
import { withDirectory } from './change-accounts.ts';
import { findAccount } from './find-account.ts';
import { formatCount, formatJson } from './output.ts';
import type { Reporting } from './reporting.ts';

/** What a command is about: everything a server keeps, or one account of many. */
export interface About {
  readonly settings: Settings;
  /** As somebody named it; `null`: all of them. */
  readonly account: string | null;
  readonly how: Reporting;
}

/**
 * Runs a command as on a server with one account: once there, and with many for the one that is meant or for each. What it
 * prints of each comes under the account's name, or in JSON as one of a list. // SRV-116
 */
export async function forAccounts(
  { settings, account, how }: About,
  run: (settings: Settings & StoresPlace, how: Reporting) => Promise<void>,
): Promise<void> {
  if (settings.manyAccounts === null) return run(settings, how);
  await withDirectory(settings, async (directory) => {
    if (account !== null) return run(settingsOf(settings, await findUsedAccount(directory, account)), how);
    const accounts = await directory.list();
    const each = createEach(how);
    for (const one of accounts)
      if (one.log !== null) await each.run(one, (reporting) => run(settingsOf(settings, one), reporting));
    each.end();
  });
}

async function findUsedAccount(directory: Directory, text: string): Promise<Account> {
  const account = await findAccount(directory, text);
  if (account.log !== null) return account;
  throw new OperatorError(`Nobody has used the account “${text}” yet, so there is nothing in it.`);
}

export function settingsOf(settings: Settings, account: Account): Settings & StoresPlace {
  return { ...placeOfAccount<Settings & StoresPlace>(settings, account), backups: null };
}

/** What a command printed of an account, if it is JSON. */
export type AccountReport = Readonly<Record<string, unknown>>;

export interface Each {
  /** Does not reject for what concerns this account alone: the others have their turn, and it is told at the end. */
  run(account: Pick<Account, 'id' | 'name'>, work: (how: Reporting) => Promise<void>): Promise<void>;
  /** Prints the reports as JSON, if that is asked for. Throws `OperatorError` if something was wrong with any. */
  end(whole?: (reports: readonly AccountReport[]) => AccountReport): void;
}

/** Collects what is printed of one account after the other. */
export function createEach({ output, progress, asJson }: Reporting): Each {
  const reports: AccountReport[] = [];
  const failures: OperatorError[] = [];
  return {
    run: async ({ id, name }, work) => {
      let printed = '';
      const how = {
        output: { stdout: (text: string) => void (printed += text), stderr: () => {} },
        progress,
        asJson,
      };
      try {
        await work(how);
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        failures.push(error);
        output.stderr(`${name} (${id}): ${error.message}\n`);
      }
      if (asJson) reports.push({ account: id, name, ...parseReport(printed) });
      else if (printed !== '') output.stdout(`${name} (${id})\n${printed}\n`);
    },
    end: (whole = (accounts) => ({ ok: failures.length === 0, accounts })) => {
      if (asJson) output.stdout(formatJson(whole(reports)));
      const [first] = failures;
      if (first === undefined) return;
      const exitCode = failures.some((failure) => failure.exitCode === exitCodes.integrity)
        ? exitCodes.integrity
        : first.exitCode;
      throw new OperatorError(
        `Something was wrong with ${formatCount(failures.length, 'account')}. See above.`,
        {
          exitCode,
        },
      );
    },
  };
}

/** Our own commands print one object, or nothing if they fail. */
function parseReport(text: string): AccountReport {
  return text === '' ? { ok: false } : (JSON.parse(text) as AccountReport);
}
