import { findClosest } from '@dataans/core';
import { parseText, refuseToStart, type StartMethod } from '../auth/define-method.ts';
import { authOptions, configureAuth, type AuthMethodName } from '../auth/methods.ts';
import { accountsOptions } from '../config/accounts.ts';
import { is, mustBe, type Option } from '../options/option.ts';
import { publicUrlOption } from '../options/public-url.ts';
import type { TokenFinder } from '../stores/token-store.ts';
import { createSettingTokens, tokensOption } from './setting-tokens.ts';

/** A Worker has no machine of its own and no proxy of whom it knows the address. */
const methods = ['cloudflare-access', 'jwt', 'token'] as const satisfies readonly AuthMethodName[];

type WorkerMethod = (typeof methods)[number];

const ownOptions = {
  DATAANS_AUTH: {
    help: `how people and devices sign in: ${methods.join(', ')}; cloudflare-access unless set`,
    parse: (text) => {
      const method = methods.find((known) => known === text);
      return method === undefined ? mustBe(`one of ${methods.join(', ')}`) : is(method);
    },
  } satisfies Option<WorkerMethod>,
  DATAANS_PUBLIC_URL: publicUrlOption,
  DATAANS_ACCOUNTS: accountsOptions.DATAANS_ACCOUNTS,
  DATAANS_TOKENS: tokensOption,
};

/** All that can be set. */
export const workerOptionNames: readonly string[] = [...Object.keys(ownOptions), ...Object.keys(authOptions)];

export interface WorkerSettings {
  readonly auth: WorkerMethod;
  readonly startAuth: StartMethod;
  readonly publicUrl: URL | null;
  /** Whether everybody has an account of their own. */
  readonly areMany: boolean;
  readonly tokens: TokenFinder;
}

/**
 * The settings among what a Worker was deployed with. Throws `OperatorError` if they do not do. // SRV-133
 *
 * @param environment variables, secrets and bindings by name
 */
export function readWorkerSettings(environment: Readonly<Record<string, unknown>>): WorkerSettings {
  const texts = textsOf(environment);
  const read = <Value>(name: string, option: Option<Value>): Value | null =>
    parseText(name, option, texts[name]);
  const auth = read('DATAANS_AUTH', ownOptions.DATAANS_AUTH) ?? 'cloudflare-access';
  const publicUrl = read('DATAANS_PUBLIC_URL', ownOptions.DATAANS_PUBLIC_URL);
  const tokens = read('DATAANS_TOKENS', ownOptions.DATAANS_TOKENS);
  if (auth === 'token' && tokens === null)
    throw refuseToStart('Nobody can sign in: DATAANS_AUTH=token also needs DATAANS_TOKENS.');
  if (auth !== 'token' && tokens !== null)
    throw refuseToStart(`DATAANS_TOKENS has no effect with DATAANS_AUTH=${auth}. Remove it.`);
  const areMany = read('DATAANS_ACCOUNTS', ownOptions.DATAANS_ACCOUNTS) === 'many';
  if (areMany && auth === 'token')
    throw refuseToStart(
      "DATAANS_AUTH=token doesn't tell people apart here, which DATAANS_ACCOUNTS=many needs. Set DATAANS_AUTH to another method.",
    );
  const ofMethods = Object.fromEntries(Object.entries(texts).filter(([name]) => !(name in ownOptions)));
  const startAuth = configureAuth(auth, ofMethods, { host: 'a Worker', publicHost: publicUrl?.host ?? null });
  return { auth, startAuth, publicUrl, areMany, tokens: createSettingTokens(tokens ?? []) };
}

function textsOf(environment: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const set = Object.entries(environment).filter(([name]) => name.startsWith('DATAANS_'));
  return Object.fromEntries(
    set.map(([name, value]) => {
      if (typeof value !== 'string') throw refuseToStart(`${name} must be a text, in quotation marks.`);
      if (workerOptionNames.includes(name)) return [name, value];
      const closest = findClosest(name, workerOptionNames);
      throw refuseToStart(
        `${name} is not an option of a Worker. ${closest === null ? 'Remove it.' : `Did you mean ${closest}?`}`,
      );
    }),
  );
}
