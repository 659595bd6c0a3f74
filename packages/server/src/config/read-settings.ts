import { resolve } from 'node:path';
import { defaultKeepRule, type KeepRule } from '../backups/keep-rule.ts';
import { every, type Schedule } from '../backups/schedule.ts';
import { isLoopbackHost } from '../auth/host.ts';
import type { AuthOptionTexts } from '../auth/define-method.ts';
import { authMethods, authOptions, type AuthMethodName, type AuthOptionName } from '../auth/methods.ts';
import type { PeerRange } from '../auth/peer-ranges.ts';
import type { TlsPaths } from '../listen/tls-pair.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { ManyAccounts } from '../accounts/accounts.ts';
import { readManyAccounts } from './accounts.ts';
import { readChunkPlace } from './chunk-place.ts';
import { readDatabasePlace } from './database-place.ts';
import type { ChunkPlace } from '../chunks/chunk-place.ts';
import type { DatabasePlace } from '../stores/database-place.ts';
import type { ConfigFile } from './config-file.ts';
import type { Environment } from './environment.ts';
import type { Option } from '../options/option.ts';
import type { LogFormat, LogLevel } from '../logging/create-logger.ts';
import { serverOptions, type OptionName } from './options.ts';
import { refuseUnknownVariables } from './unknown-variables.ts';

/** What is in force. */
export interface Settings {
  readonly dataFolder: string;
  readonly chunkPlace: ChunkPlace;
  /** `null`: the data folder keeps what a database would. */
  readonly database: DatabasePlace | null;
  /** `null`: everybody who is let in has the same account. */
  readonly manyAccounts: ManyAccounts | null;
  readonly host: string;
  readonly port: number;
  /** `null` where nothing but the server itself answers `/metrics`. */
  readonly metricsPort: number | null;
  /** Proxies beside those of this machine. */
  readonly proxies: readonly PeerRange[];
  /** `null` where nothing was set and others can reach the server: it must not start. */
  readonly auth: AuthMethodName | null;
  /** Options of the methods, as they were written: each can be what it says. */
  readonly authOptions: AuthOptionTexts;
  readonly publicUrl: URL | null;
  /** `null`: plain HTTP. */
  readonly tls: TlsPaths | null;
  /** `null`: the server makes no backups of itself. */
  readonly backups: BackupSettings | null;
  /** Which earlier backups stay; `null` where nothing says so. */
  readonly backupKeep: KeepRule | null;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly sourceByOption: Readonly<Record<OptionName, string>>;
}

export interface BackupSettings {
  readonly folder: string;
  readonly schedule: Schedule;
  readonly heartbeatUrl: URL | null;
}

const defaultSchedule = every('1d', 86_400_000);

const defaultPort = 8_000;

/**
 * The environment before the file, the file before the defaults. Throws `OperatorError` with the
 * option, where it was set and what it must be. // SRV-30
 */
export function readSettings(
  environment: Environment,
  file: ConfigFile | null,
  defaultDataFolder: () => string,
): Settings {
  refuseUnknownVariables(environment);
  const sources = new Map<OptionName, string>();
  const read: ReadSetting = (name, option, fallback) => {
    const set = findSetting(name, environment, file);
    sources.set(name, set?.source ?? 'default');
    return set === null ? fallback : parseSetting(name, option, set);
  };
  const readText = (name: AuthOptionName): string | null => {
    const set = findSetting(name, environment, file);
    sources.set(name, set?.source ?? 'default');
    if (set !== null) parseSetting(name, authOptions[name], set);
    return set?.text ?? null;
  };
  const host = read('DATAANS_HOST', serverOptions.DATAANS_HOST, '127.0.0.1');
  const publicUrl = read<URL | null>('DATAANS_PUBLIC_URL', serverOptions.DATAANS_PUBLIC_URL, null);
  const backups = readBackups(read);
  const readSet = <Value>(name: OptionName, option: Option<Value>) => read<Value | null>(name, option, null);
  const chunkPlace = readChunkPlace(readSet);
  const database = readDatabasePlace(readSet, chunkPlace !== 'files');
  return {
    dataFolder: read<string | null>('DATAANS_DATA', serverOptions.DATAANS_DATA, null) ?? defaultDataFolder(),
    chunkPlace,
    database,
    manyAccounts: readManyAccounts(readSet, { chunkPlace, database }),
    host,
    port: read('DATAANS_PORT', serverOptions.DATAANS_PORT, defaultPort),
    metricsPort: read<number | null>('DATAANS_METRICS_PORT', serverOptions.DATAANS_METRICS_PORT, null),
    proxies: read<readonly PeerRange[]>('DATAANS_PROXIES', serverOptions.DATAANS_PROXIES, []),
    auth: read<AuthMethodName | null>(
      'DATAANS_AUTH',
      serverOptions.DATAANS_AUTH,
      publicPlace(host, publicUrl) === null ? 'loopback' : null,
    ),
    authOptions: readAuthOptions(readText),
    publicUrl,
    tls: readTls(read),
    backups,
    backupKeep: read<KeepRule | null>(
      'DATAANS_BACKUP_KEEP',
      serverOptions.DATAANS_BACKUP_KEEP,
      backups === null ? null : defaultKeepRule,
    ),
    logLevel: read<LogLevel>('DATAANS_LOG_LEVEL', serverOptions.DATAANS_LOG_LEVEL, 'info'),
    logFormat: read<LogFormat>('DATAANS_LOG_FORMAT', serverOptions.DATAANS_LOG_FORMAT, 'json'),
    sourceByOption: Object.fromEntries(sources) as Record<OptionName, string>,
  };
}

/** The active method; if others can reach the server, nobody is let in unasked. // SRV-23 */
export function requireAuth({ auth, host, publicUrl }: Settings): AuthMethodName {
  if (auth !== null) return auth;
  const place = publicPlace(host, publicUrl) ?? host;
  // `loopback` would be refused next.
  const openMethods = Object.keys(authMethods).filter((name) => name !== 'loopback');
  const otherwise = isLoopbackHost(host) ? 'remove DATAANS_PUBLIC_URL' : 'set DATAANS_HOST=127.0.0.1';
  throw new OperatorError(
    `Refusing to start: ${place} can be reached from other machines, and no sign-in method is set. Set DATAANS_AUTH (${openMethods.join(', ')}; docs/auth.md helps you choose), or ${otherwise}.`,
    { exitCode: exitCodes.usage },
  );
}

/** Where others can reach the server, directly or through a proxy; `null` where nobody can. */
function publicPlace(host: string, publicUrl: URL | null): string | null {
  if (!isLoopbackHost(host)) return host;
  return publicUrl === null || isLoopbackHost(publicUrl.hostname) ? null : publicUrl.origin;
}

type ReadSetting = <Value>(name: OptionName, option: Option<Value>, fallback: Value) => Value;

function readTls(read: ReadSetting): TlsPaths | null {
  const cert = read<string | null>('DATAANS_TLS_CERT', serverOptions.DATAANS_TLS_CERT, null);
  const key = read<string | null>('DATAANS_TLS_KEY', serverOptions.DATAANS_TLS_KEY, null);
  if (cert !== null && key !== null) return { cert, key };
  if (cert === null && key === null) return null;
  throw new OperatorError(
    'A certificate needs its key, and a key its certificate. Set both DATAANS_TLS_CERT and DATAANS_TLS_KEY, or neither.',
    { exitCode: exitCodes.usage },
  );
}

/** Throws `OperatorError` for an option of backups that are not made: somebody may rely on it. */
function readBackups(read: ReadSetting): BackupSettings | null {
  const folder = read<string | null>('DATAANS_BACKUP_TO', serverOptions.DATAANS_BACKUP_TO, null);
  const schedule = read<Schedule | null>('DATAANS_BACKUP_EVERY', serverOptions.DATAANS_BACKUP_EVERY, null);
  const heartbeatUrl = read<URL | null>('DATAANS_HEARTBEAT_URL', serverOptions.DATAANS_HEARTBEAT_URL, null);
  if (folder !== null)
    return { folder: resolve(folder), schedule: schedule ?? defaultSchedule, heartbeatUrl };
  const idle = schedule === null ? heartbeatUrl && 'DATAANS_HEARTBEAT_URL' : 'DATAANS_BACKUP_EVERY';
  if (idle === null) return null;
  throw new OperatorError(
    `${idle} is set, but the server makes no backups. Set DATAANS_BACKUP_TO to a folder for them, or remove ${idle}.`,
    { exitCode: exitCodes.usage },
  );
}

function readAuthOptions(readText: (name: AuthOptionName) => string | null): AuthOptionTexts {
  // The keys are those of the type.
  const names = Object.keys(authOptions) as readonly AuthOptionName[];
  const texts = names.map((name) => [name, readText(name)] as const);
  return Object.fromEntries(texts.flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
}

/** What somebody has set, and where. */
interface Setting {
  readonly text: string;
  readonly source: string;
}

function parseSetting<Value>(name: OptionName, option: Option<Value>, { text, source }: Setting): Value {
  const parsed = option.parse(text);
  if (parsed.ok) return parsed.value;
  throw new OperatorError(`${name} (from ${source}) must be ${parsed.mustBe}.`, {
    exitCode: exitCodes.usage,
  });
}

function findSetting(name: OptionName, environment: Environment, file: ConfigFile | null): Setting | null {
  const fromEnvironment = environment[name];
  if (fromEnvironment !== undefined) return { text: fromEnvironment, source: 'environment' };
  const fromFile = file?.valueByOption[name];
  return file === null || fromFile === undefined ? null : { text: fromFile, source: file.path };
}
