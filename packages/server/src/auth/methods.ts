import type { Clock } from '../clock.ts';
import type { AuthMethod } from './authenticator.ts';
import { createLoopbackAuth } from './loopback.ts';
import { createTokenAuth } from './token.ts';
import type { TokenStore } from './token-store.ts';

/** What a method may need to know callers. */
export interface AuthContext {
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly port: number | null;
  readonly publicHost: string | null;
}

/** Every way to know a caller, by the name that DATAANS_AUTH gives it. */
export const authMethods = {
  loopback: createLoopbackAuth,
  token: createTokenAuth,
} as const satisfies Readonly<Record<string, (context: AuthContext) => AuthMethod>>;

export type AuthMethodName = keyof typeof authMethods;

export function isAuthMethodName(name: string): name is AuthMethodName {
  return Object.hasOwn(authMethods, name);
}
