import type { ManyAccounts } from '../accounts/accounts.ts';
import type { ChunkPlace } from '../chunks/chunk-place.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { is, mustBe, type Option } from '../options/option.ts';
import type { DatabasePlace } from '../stores/database-place.ts';

/** Whether everybody who is let in has notes of their own. // SRV-110 */
export const accountsOptions = {
  DATAANS_ACCOUNTS: {
    help: 'whether everybody who is allowed shares the only account, or has one of their own: one or many; one unless set',
    parse: (text) => (text === 'one' || text === 'many' ? is(text) : mustBe('one or many')),
  } satisfies Option<'one' | 'many'>,
  DATAANS_ENROL: {
    help: 'whether somebody who is allowed and has no account gets one: open, or closed if only you make them; closed unless set',
    parse: (text) => (text === 'open' || text === 'closed' ? is(text) : mustBe('open or closed')),
  } satisfies Option<'open' | 'closed'>,
};

/** The value of an option as it was set, or `null`. */
type ReadSet = <Value>(name: keyof typeof accountsOptions, option: Option<Value>) => Value | null;

/** `null`: there is one account. Throws `OperatorError` for what has no effect, or does not go together. */
export function readManyAccounts(
  read: ReadSet,
  place: { readonly chunkPlace: ChunkPlace; readonly database: DatabasePlace | null },
): ManyAccounts | null {
  const accounts = read('DATAANS_ACCOUNTS', accountsOptions.DATAANS_ACCOUNTS);
  const enrol = read('DATAANS_ENROL', accountsOptions.DATAANS_ENROL);
  if (accounts !== 'many') {
    if (enrol === null) return null;
    throw usage(
      'DATAANS_ENROL is set, but there is one account. Set DATAANS_ACCOUNTS=many, or remove DATAANS_ENROL.',
    );
  }
  if (place.database === null && place.chunkPlace !== 'files')
    throw usage(
      'With DATAANS_ACCOUNTS=many a data folder keeps chunks in files, and DATAANS_CHUNKS is set. Remove it, or set DATAANS_DATABASE as well.',
    );
  return { enrols: enrol === 'open' };
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
