import { authMethods, isAuthMethodName, type AuthMethodName } from '../auth/methods.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What one option may be: the value, or what it must be in words. */
export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly mustBe: string };

/** One thing that an operator can set, under one name in the environment and in the file. */
export interface Option<Value> {
  /** One line of help. */
  readonly help: string;
  readonly parse: (text: string) => Parsed<Value>;
}

/** Every option but the configuration file itself, which has none of its own. // SRV-30 */
export const options = {
  DATAANS_DATA: {
    help: 'folder that everything is stored in',
    parse: (text) => (text === '' ? mustBe('a folder') : is(text)),
  } satisfies Option<string>,
  DATAANS_HOST: {
    help: 'address to listen on; 127.0.0.1 unless set, 0.0.0.0 for every address',
    parse: (text) => (/^[A-Za-z0-9.:_-]+$/.test(text) ? is(text) : mustBe('an IP address or a host name')),
  } satisfies Option<string>,
  DATAANS_PORT: {
    help: 'port to listen on; 8000 unless set, 0 for any free one',
    parse: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) <= 65_535
        ? is(Number(text))
        : mustBe('a whole number from 0 to 65535'),
  } satisfies Option<number>,
  DATAANS_AUTH: {
    help: `how callers are known: ${Object.keys(authMethods).join(' or ')}; loopback unless set, where only this machine can reach the server`,
    parse: (text) =>
      isAuthMethodName(text) ? is(text) : mustBe(`one of ${Object.keys(authMethods).join(', ')}`),
  } satisfies Option<AuthMethodName>,
  DATAANS_PUBLIC_URL: {
    help: 'address that people reach the server under, where a proxy stands before it',
    parse: parsePublicUrl,
  } satisfies Option<URL>,
  DATAANS_LOG_LEVEL: {
    help: `least that is logged: ${logLevels.join(', ')}; info unless set`,
    parse: (text) => {
      const level = logLevels.find((known) => known === text);
      return level === undefined ? mustBe(`one of ${logLevels.join(', ')}`) : is(level);
    },
  } satisfies Option<LogLevel>,
};

export type OptionName = keyof typeof options;

export const optionNames: readonly OptionName[] = [
  'DATAANS_DATA',
  'DATAANS_HOST',
  'DATAANS_PORT',
  'DATAANS_AUTH',
  'DATAANS_PUBLIC_URL',
  'DATAANS_LOG_LEVEL',
];

function parsePublicUrl(text: string): Parsed<URL> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && url.pathname === '/' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:')
    ? is(url)
    : mustBe('an address such as https://notes.example.org, without a path');
}

function is<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

function mustBe(what: string): { readonly ok: false; readonly mustBe: string } {
  return { ok: false, mustBe: what };
}
