import type { Authenticator, Caller, Identity } from '../auth/authenticator.ts';
import { refuseCrossSite } from '../auth/cross-site.ts';
import type { Door } from './door.ts';

export interface GateDependencies {
  readonly authenticate: Authenticator;
  readonly door: Door;
  /** `host:port` that a proxy serves us under, if any. */
  readonly publicHost: string | null;
}

/** Decides who comes in before anything of an account is looked at. Knows no store but that of credentials. */
export interface Gate {
  /** Who is calling. Throws a `Refusal` if nobody we know is. */
  identify(caller: Caller, route: string): Promise<Identity>;
  /** Strangers come in as well, from other sites nobody does. */
  letPass(caller: Caller, route: string): Promise<void>;
  /** Whether somebody who came in would still be let in now. Never rejects. */
  stillAdmits(caller: Caller): Promise<boolean>;
}

export function createGate({ authenticate, door, publicHost }: GateDependencies): Gate {
  return {
    identify: (caller, route) =>
      door.admit(caller, route, async () => {
        refuseCrossSite(caller.request, publicHost);
        return authenticate(caller);
      }),
    letPass: async (caller, route) => {
      await door.admit(caller, route, async () => {
        refuseCrossSite(caller.request, publicHost);
        return null;
      });
    },
    stillAdmits: async (caller) => {
      try {
        await authenticate(caller);
        return true;
      } catch {
        return false;
      }
    },
  };
}
