import type { Option } from '../options/option.ts';
import { cloudflareAccessMethod } from './cloudflare-access.ts';
import {
  refuseToStart,
  type AuthMethodDefinition,
  type AuthOptionTexts,
  type AuthPlace,
  type StartMethod,
} from './define-method.ts';
import { jwtMethod } from './jwt.ts';
import { loopbackMethod } from './loopback.ts';
import { tokenMethod } from './token.ts';
import { trustedHeaderMethod } from './trusted-header.ts';

/** Every way to know a caller, by the name that DATAANS_AUTH gives it. */
export const authMethods = {
  loopback: loopbackMethod,
  token: tokenMethod,
  'cloudflare-access': cloudflareAccessMethod,
  jwt: jwtMethod,
  'trusted-header': trustedHeaderMethod,
} as const satisfies Readonly<Record<string, AuthMethodDefinition>>;

export type AuthMethodName = keyof typeof authMethods;

/** Names of the options of all methods. */
export type AuthOptionName = {
  [Name in AuthMethodName]: keyof (typeof authMethods)[Name]['options'] & string;
}[AuthMethodName];

// Methods that share an option share the object as well.
export const authOptions = Object.assign(
  {},
  ...Object.values(authMethods).map(({ options }) => options),
) as Readonly<Record<AuthOptionName, Option<unknown>>>;

export function isAuthMethodName(name: string): name is AuthMethodName {
  return Object.hasOwn(authMethods, name);
}

/**
 * Makes a method ready for the server to start with. Throws `OperatorError` where an option is missing, or set
 * though this method has no use for it: somebody may rely on what it does. // AUTH-5
 */
export function configureAuth(name: AuthMethodName, texts: AuthOptionTexts, place: AuthPlace): StartMethod {
  const { options, configure }: AuthMethodDefinition = authMethods[name];
  for (const [option, text] of Object.entries(texts))
    if (text !== undefined && !Object.hasOwn(options, option))
      throw refuseToStart(
        `Refusing to start: ${option} has no effect with DATAANS_AUTH=${name}. Remove it, or set DATAANS_AUTH to ${listMethodsWith(option)}.`,
      );
  return configure(texts, place);
}

function listMethodsWith(option: string): string {
  const names = Object.entries<AuthMethodDefinition>(authMethods)
    .filter(([, { options }]) => Object.hasOwn(options, option))
    .map(([name]) => name);
  return names.length === 0 ? 'a method that has such an option' : names.join(' or ');
}
