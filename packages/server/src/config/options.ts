import {
  authMethods,
  authOptions,
  isAuthMethodName,
  type AuthMethodName,
  type AuthOptionName,
} from '../auth/methods.ts';
import { logFormats, logLevels, type LogFormat, type LogLevel } from '../logging/create-logger.ts';
import { parseFile, parseFolder } from '../options/folder.ts';
import { keepRuleOption } from '../backups/keep-rule.ts';
import { scheduleOption } from '../backups/schedule.ts';
import { peerRangesOption } from '../auth/peer-ranges.ts';
import { accountsOptions } from './accounts.ts';
import { chunkPlaceOptions } from './chunk-place.ts';
import { databaseOptions } from './database-place.ts';
import { is, mustBe, type Option, type Parsed } from '../options/option.ts';
import { publicUrlOption } from '../options/public-url.ts';

/** What every server has. */
export const serverOptions = {
  DATAANS_DATA: {
    help: 'data folder',
    parse: parseFolder,
  } satisfies Option<string>,
  DATAANS_HOST: {
    help: 'address to listen on; 127.0.0.1 unless set, 0.0.0.0 for every address',
    parse: (text) => (/^[A-Za-z0-9.:_-]+$/.test(text) ? is(text) : mustBe('an IP address or a host name')),
  } satisfies Option<string>,
  DATAANS_PORT: {
    help: 'port to listen on; 8000 unless set, 0 for any free one',
    parse: parsePort,
  } satisfies Option<number>,
  DATAANS_METRICS_PORT: {
    help: 'port for /metrics without a credential, open to this machine only; none unless set',
    parse: parsePort,
  } satisfies Option<number>,
  DATAANS_PROXIES: peerRangesOption(
    'addresses or networks of trusted proxies, besides this machine; none unless set',
  ),
  DATAANS_AUTH: {
    help: `how people and devices sign in: ${Object.keys(authMethods).join(', ')}; loopback unless set, if only this machine can reach the server`,
    parse: (text) =>
      isAuthMethodName(text) ? is(text) : mustBe(`one of ${Object.keys(authMethods).join(', ')}`),
  } satisfies Option<AuthMethodName>,
  DATAANS_PUBLIC_URL: publicUrlOption,
  DATAANS_TLS_CERT: {
    help: 'file with the certificate for https without a proxy; plain http unless set',
    parse: parseFile,
  } satisfies Option<string>,
  DATAANS_TLS_KEY: {
    help: "file with the certificate's key",
    parse: parseFile,
  } satisfies Option<string>,
  ...accountsOptions,
  ...databaseOptions,
  ...chunkPlaceOptions,
  DATAANS_BACKUP_TO: {
    help: 'folder that the server backs itself up to; no backups unless set',
    parse: parseFolder,
  } satisfies Option<string>,
  DATAANS_BACKUP_EVERY: scheduleOption('when: an interval such as 6h, or a cron expression; 1d unless set'),
  DATAANS_BACKUP_KEEP: keepRuleOption(
    'earlier backups to keep, by day, week and month; 7d,4w,6m unless set, if the server backs itself up',
  ),
  DATAANS_HEARTBEAT_URL: {
    help: 'address that is called after each backup that went well; none unless set',
    parse: (text) =>
      /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')
        ? is(new URL(text))
        : mustBe('an address such as https://hc-ping.com/your-check'),
  } satisfies Option<URL>,
  DATAANS_LOG_LEVEL: {
    help: `log level: ${logLevels.join(', ')}; info unless set`,
    parse: (text) => {
      const level = logLevels.find((known) => known === text);
      return level === undefined ? mustBe(`one of ${logLevels.join(', ')}`) : is(level);
    },
  } satisfies Option<LogLevel>,
  DATAANS_LOG_FORMAT: {
    help: `log format: ${logFormats.join(' for programs, ')} for people; json unless set`,
    parse: (text) => {
      const format = logFormats.find((known) => known === text);
      return format === undefined ? mustBe(`one of ${logFormats.join(', ')}`) : is(format);
    },
  } satisfies Option<LogFormat>,
};

export type OptionName = keyof typeof serverOptions | AuthOptionName;

/** Every option but the configuration file itself, which has none of its own. // SRV-30 */
export const options: Readonly<Record<OptionName, Option<unknown>>> = { ...serverOptions, ...authOptions };

// The keys are those of the type.
export const optionNames = Object.keys(options) as readonly OptionName[];

function parsePort(text: string): Parsed<number> {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? is(Number(text))
    : mustBe('a whole number from 0 to 65535');
}
