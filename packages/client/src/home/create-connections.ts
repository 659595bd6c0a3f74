import type { DataansError } from '@dataans/core';
import { readExpiry } from '../account/session-expiry.ts';
import type { Access } from '../connection/access.ts';
import { createAccessRenewal } from '../connection/access-renewal.ts';
import type { RenewalDependencies } from '../connection/renew-refused.ts';
import { createServerConnection, type ServerConnection } from '../connection/server-connection.ts';
import type { HomePlatform } from './home-platform.ts';
import type { KeptSignIn } from './kept-sign-in.ts';

export interface Connections {
  /** To any server, with a given credential. */
  connect(server: string, access: () => Access): ServerConnection;
  /** To the server of this home, with whatever credential is in force. */
  connectOwn(server: string): ServerConnection;
}

export function createConnections(
  { transport, clock, randomness, kept, signInCommand, readHeldToken }: HomePlatform,
  keepAccess: KeptSignIn['keepAccess'],
  signedOut: () => DataansError,
): Connections {
  const connect = (
    address: string,
    access: () => Access,
    renewAccess?: RenewalDependencies['renewAccess'],
  ): ServerConnection => {
    const command = signInCommand === undefined ? {} : { signInCommand: signInCommand(address) };
    return createServerConnection({ address, transport, clock, randomness, access, renewAccess, ...command });
  };
  return {
    connect: (server, access) => connect(server, access),
    connectOwn: (server) => {
      const access = kept.accessReader(server, signedOut);
      if (readHeldToken === undefined) return connect(server, access);
      const renewAccess = createAccessRenewal({
        access,
        readToken: (signal) => readHeldToken(server, signal),
        prove: (next, signal) =>
          readExpiry(
            connect(server, () => next),
            signal,
          ),
        keep: (next, expires) => keepAccess(server, next, expires),
      });
      return connect(server, access, renewAccess);
    },
  };
}
