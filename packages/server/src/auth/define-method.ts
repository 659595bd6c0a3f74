import type { Clock } from '../clock.ts';
import type { Option } from '../options/option.ts';
import type { Logger } from '../logging/logger.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { AuthMethod } from './authenticator.ts';
import type { KeptKeys } from '../stores/kept-keys.ts';
import type { PeerRange } from './peer-ranges.ts';
import type { TokenFinder } from '../stores/token-store.ts';

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
  readonly tokens: TokenFinder;
  /** Signing keys of others, over a restart. */
  readonly keptKeys: KeptKeys;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly logger: Logger;
  /** The port that the server listens on; `null` where nothing listens, in one process. */
  readonly port: number | null;
  /** Keeps work going that no request waits for, where it would end with the request that began it. */
  readonly inBackground: (work: Promise<unknown>) => void;
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

/** `null` if it is not set. Throws `OperatorError` if it is not what it must be. */
export function parseText<Value>(
  name: string,
  option: Option<Value>,
  text: string | undefined,
): Value | null {
  if (text === undefined) return null;
  const parsed = option.parse(text);
  if (parsed.ok) return parsed.value;
  throw refuseToStart(`${name} must be ${parsed.mustBe}.`);
}

/** What an option is set to, and what somebody who has not set it should set it to. */
export type Needed<Value> = readonly [value: Value | null, what: string];

/**
 * The values of options that a method cannot do without.
 *
 * @throws OperatorError that names all that are missing
 */
export function requireSettings<Values extends Readonly<Record<string, unknown>>>(
  method: string,
  needed: { readonly [Name in keyof Values]: Needed<Values[Name]> },
): Values {
  const all = Object.entries<Needed<unknown>>(needed);
  const missing = all.filter(([, [value]]) => value === null);
  if (missing.length > 0) throw refuseToStart(describeMissing(method, missing));
  // None of them is null, and each has its own name.
  return Object.fromEntries(all.map(([name, [value]]) => [name, value])) as Values;
}

function describeMissing(method: string, missing: readonly (readonly [string, Needed<unknown>])[]): string {
  const names = missing.map(([name]) => name).join(' and ');
  const advice = missing.map(([name, [, what]]) => `Set ${missing.length === 1 ? 'it' : name} to ${what}.`);
  return [`Refusing to start: DATAANS_AUTH=${method} also needs ${names}.`, ...advice].join(' ');
}

export function refuseToStart(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
