import type { DatabasePlace } from '../stores/database-place.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { parseFile } from '../options/folder.ts';
import { is, mustBe, type Option, type Parsed } from '../options/option.ts';
import { chooseSecret } from './secret-file.ts';

const defaultConnections = 4;

/** Where the log and the tokens are kept, if not in the data folder. // SRV-100 */
export const databaseOptions = {
  DATAANS_DATABASE: {
    help: 'PostgreSQL database, such as postgres://user:password@host/name; the data folder if not set',
    parse: parseAddress,
  } satisfies Option<string>,
  DATAANS_DATABASE_FILE: {
    help: 'file with the address of the database, instead of the address itself',
    parse: parseFile,
  } satisfies Option<string>,
  DATAANS_DATABASE_LISTEN: {
    help: 'address of the same database without a pooler, or off; the one of the database if not set',
    parse: (text) => (text === 'off' ? is('off') : parseAddress(text)),
  } satisfies Option<string>,
  DATAANS_DATABASE_POOL: {
    help: 'connections of each process to the database; 4 unless set',
    parse: (text) =>
      /^[1-9]\d{0,2}$/.test(text) ? is(Number(text)) : mustBe('a whole number from 1 to 999'),
  } satisfies Option<number>,
  DATAANS_MIGRATE: {
    help: "whether a start brings the database's tables up to date: on or off; on unless set",
    parse: (text) => (text === 'on' || text === 'off' ? is(text) : mustBe('on or off')),
  } satisfies Option<'on' | 'off'>,
};

/** The value of an option as it was set, or `null`. */
type ReadSet = <Value>(name: keyof typeof databaseOptions, option: Option<Value>) => Value | null;

/** Throws `OperatorError` if an option is set without effect, or if chunks would stay in files of one machine. */
export function readDatabasePlace(read: ReadSet, hasBucket: boolean): DatabasePlace | null {
  const options = databaseOptions;
  const address = chooseSecret({
    name: 'DATAANS_DATABASE',
    secret: read('DATAANS_DATABASE', options.DATAANS_DATABASE),
    path: read('DATAANS_DATABASE_FILE', options.DATAANS_DATABASE_FILE),
    parse: parseAddress,
  });
  const listen = read('DATAANS_DATABASE_LISTEN', options.DATAANS_DATABASE_LISTEN);
  const connections = read('DATAANS_DATABASE_POOL', options.DATAANS_DATABASE_POOL);
  const migrates = read('DATAANS_MIGRATE', options.DATAANS_MIGRATE);
  if (address === null) {
    const set = [listen && 'DATAANS_DATABASE_LISTEN', connections && 'DATAANS_DATABASE_POOL'];
    const idle = [...set, migrates && 'DATAANS_MIGRATE'].find((name) => name !== null && name !== 0);
    if (idle === undefined) return null;
    throw usage(`${idle} is set, but there is no database. Set DATAANS_DATABASE, or remove ${idle}.`);
  }
  if (!hasBucket)
    throw usage(
      'DATAANS_DATABASE is set, and chunks are kept in files, which belong to one machine. Set DATAANS_CHUNKS to a bucket as well: docs/scaling.md says how.',
    );
  return {
    address,
    listenAddress: listen === 'off' ? null : withPassword(listen ?? address, address),
    connections: connections ?? defaultConnections,
    migrates: migrates !== 'off',
  };
}

function parseAddress(text: string): Parsed<string> {
  const url = /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.hostname !== '' && /^\/[^/]+$/.test(url.pathname)
    ? is(text)
    : mustBe('an address such as postgres://user:password@host/name');
}

/** The address to listen at needs no secret of its own. */
function withPassword(listenAddress: string, address: string): string {
  const [url, other] = [new URL(listenAddress), new URL(address)];
  if (url.password !== '') return listenAddress;
  url.username ||= other.username;
  url.password = other.password;
  return url.href;
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
