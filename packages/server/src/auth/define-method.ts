import type { Clock } from '../clock.ts';
import type { Option } from '../options/option.ts';
import type { Logger } from '../logging/logger.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { AuthMethod } from './authenticator.ts';
import type { KeptKeys } from '../stores/kept-keys.ts';
import type { PeerRange } from './peer-ranges.ts';
import type { TokenStore } from '../stores/token-store.ts';

/** Where the server is to be reached. */
export interface AuthPlace {
  /** Address that it listens on. */
  readonly host: string;
  /** `host:port` that a proxy serves it under, if any. */
  readonly publicHost: string | null;
  /** Proxies beside those of this machine. Default: none. */
  readonly proxies?: readonly PeerRange[];
}

/** What a method may need to know callers, once the server runs. */
export interface AuthContext {
  readonly tokens: TokenStore;
  /** Signing keys of others, over a restart. */
  readonly keptKeys: KeptKeys;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly logger: Logger;
  /** The port that the server listens on; `null` where nothing listens, in one process. */
  readonly port: number | null;
}

export type AuthOptions = Readonly<Record<string, Option<unknown>>>;

/** What an operator has set, by the name of the option. */
export type AuthOptionTexts = Readonly<Partial<Record<string, string>>>;

/** The values of options; `null` for those that are not set. */
export type SettingsOf<Options extends AuthOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value | null : never;
};

export type StartMethod = (context: AuthContext) => AuthMethod;

/** A method, with the options that are its own. */
export interface AuthMethodDefinition<Options extends AuthOptions = AuthOptions> {
  readonly options: Options;
  /** Throws `OperatorError` where something is missing or wrong: the server must not start. */
  readonly configure: (texts: AuthOptionTexts, place: AuthPlace) => StartMethod;
}

export function defineAuthMethod<Options extends AuthOptions>(definition: {
  readonly options: Options;
  /** Throws `OperatorError` where the settings do not do. */
  readonly configure: (settings: SettingsOf<Options>, place: AuthPlace) => StartMethod;
}): AuthMethodDefinition<Options> {
  const { options, configure } = definition;
  return { options, configure: (texts, place) => configure(parseTexts(options, texts), place) };
}

function parseTexts<Options extends AuthOptions>(
  options: Options,
  texts: AuthOptionTexts,
): SettingsOf<Options> {
  const values = Object.entries(options).map(([name, option]) => [
    name,
    parseText(name, option, texts[name]),
  ]);
  // Each value was parsed by the option of its name.
  return Object.fromEntries(values) as SettingsOf<Options>;
}

function parseText(name: string, option: Option<unknown>, text: string | undefined): unknown {
  if (text === undefined) return null;
  const parsed = option.parse(text);
  if (parsed.ok) return parsed.value;
  throw refuseToStart(`${name} must be ${parsed.mustBe}.`);
}

/** The value of an option that a method cannot do without. */
export function requireSetting<Value>(name: string, value: Value | null, what: string): Value {
  if (value !== null) return value;
  throw refuseToStart(`${name} is not set, and nobody could be let in safely without it: set it to ${what}.`);
}

export function refuseToStart(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
