import { keepRuleToText } from '../backups/keep-rule.ts';
import { s3PlaceToUrl } from '../chunks/chunk-place.ts';
import type { Settings } from '../config/read-settings.ts';
import type { OptionName } from '../config/options.ts';
import { peerRangeToText } from '../auth/peer-ranges.ts';
import { databaseToText } from '../stores/database-place.ts';
import { formatJson, formatTable, type Output } from './output.ts';

/** Prints what is in force, and where each value comes from. */
export function printConfig(settings: Settings, output: Output, asJson: boolean): void {
  const values = valueByOption(settings);
  const entries = Object.entries(settings.sourceByOption).map(([name, source]) => ({
    name,
    // The sources have the names of the options.
    value: values[name as OptionName] ?? null,
    source,
  }));
  if (asJson)
    output.stdout(formatJson(Object.fromEntries(entries.map(({ name, ...entry }) => [name, entry]))));
  else
    output.stdout(
      formatTable({
        header: ['OPTION', 'VALUE', 'FROM'],
        rows: entries.map(({ name, value, source }) => [name, String(value ?? '(not set)'), source]),
      }),
    );
}

function accountsValues({ manyAccounts }: Settings): Readonly<Partial<Record<OptionName, string>>> {
  if (manyAccounts === null) return { DATAANS_ACCOUNTS: 'one' };
  return { DATAANS_ACCOUNTS: 'many', DATAANS_ENROL: manyAccounts.enrols ? 'open' : 'closed' };
}

function databaseValues({
  database,
  sourceByOption,
}: Settings): Readonly<Partial<Record<OptionName, string | number>>> {
  if (database === null) return {};
  const { address, listenAddress, connections, migrates } = database;
  const isInFile = sourceByOption.DATAANS_DATABASE === 'default';
  return {
    [isInFile ? 'DATAANS_DATABASE_FILE' : 'DATAANS_DATABASE']: databaseToText({ address }),
    DATAANS_DATABASE_LISTEN: listenAddress === null ? 'off' : databaseToText({ address: listenAddress }),
    DATAANS_DATABASE_POOL: connections,
    DATAANS_MIGRATE: migrates ? 'on' : 'off',
  };
}

function chunkPlaceValues({
  chunkPlace: place,
  sourceByOption,
}: Settings): Readonly<Partial<Record<OptionName, string>>> {
  if (place === 'files') return {};
  const isInFile = sourceByOption.DATAANS_S3_SECRET === 'default';
  return {
    DATAANS_CHUNKS: s3PlaceToUrl(place),
    DATAANS_S3_ENDPOINT: place.endpoint.origin,
    DATAANS_S3_REGION: place.region,
    DATAANS_S3_KEY_ID: place.keyId,
    [isInFile ? 'DATAANS_S3_SECRET_FILE' : 'DATAANS_S3_SECRET']: '(hidden)',
  };
}

function valueByOption(settings: Settings): Readonly<Partial<Record<OptionName, string | number | null>>> {
  return {
    DATAANS_DATA: settings.dataFolder,
    ...accountsValues(settings),
    ...databaseValues(settings),
    ...chunkPlaceValues(settings),
    DATAANS_HOST: settings.host,
    DATAANS_PORT: settings.port,
    DATAANS_METRICS_PORT: settings.metricsPort,
    DATAANS_PROXIES: settings.proxies.length === 0 ? null : settings.proxies.map(peerRangeToText).join(','),
    DATAANS_AUTH: settings.auth,
    DATAANS_PUBLIC_URL: settings.publicUrl?.origin ?? null,
    DATAANS_TLS_CERT: settings.tls?.cert ?? null,
    DATAANS_TLS_KEY: settings.tls?.key ?? null,
    DATAANS_BACKUP_TO: settings.backups?.folder ?? null,
    DATAANS_BACKUP_EVERY: settings.backups?.schedule.text ?? null,
    DATAANS_BACKUP_KEEP: settings.backupKeep === null ? null : keepRuleToText(settings.backupKeep),
    // The path of such an address is often its secret.
    DATAANS_HEARTBEAT_URL: settings.backups?.heartbeatUrl?.origin ?? null,
    DATAANS_LOG_LEVEL: settings.logLevel,
    DATAANS_LOG_FORMAT: settings.logFormat,
    ...settings.authOptions,
  };
}
