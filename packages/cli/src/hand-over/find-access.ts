import { accessToPlain, type Access, type HomeAccount } from '@dataans/client';
import { DataansError, type ErrorCode } from '@dataans/core';
import type { Context } from '../context.ts';
import { receiveAccess, type HandOverRequest } from './receive-access.ts';

/**
 * What lets this device in where nothing was given: nothing at all where no login stands before the server, else
 * what `cloudflared` holds, else a person in a browser. // HND-7
 *
 * @throws DataansError
 */
export async function findAccess(
  context: Context,
  account: Pick<HomeAccount, 'meet'>,
  request: Omit<HandOverRequest, 'isLetIn'>,
): Promise<Access> {
  const { server } = request;
  const signal = context.interrupt;
  const meet = (access: Access): Promise<unknown> =>
    account.meet({ server, access: accessToPlain(access) }, { signal });
  const isLetIn = (access: Access, refusal: ErrorCode): Promise<boolean> =>
    meet(access).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DataansError && error.code === refusal) return false;
        throw error;
      },
    );
  const nothing: Access = { kind: 'none' };
  if (await isLetIn(nothing, 'login-required')) return nothing;
  const { readCloudflaredAccess } = await import('@dataans/client/node');
  const held = await readCloudflaredAccess(server, context.environment, signal);
  if (held !== null && (await isLetIn(held, 'session-expired'))) return held;
  // CLI-6
  if (request.opensBrowser && !context.terminal.isWatched) throw nobodyThere(server);
  // Whatever is wrong with what was handed over, the right one may still come.
  const isProven = (access: Access): Promise<boolean> =>
    meet(access).then(
      () => true,
      () => false,
    );
  return receiveAccess(context, { ...request, isLetIn: isProven });
}

function nobodyThere(server: string): DataansError {
  return new DataansError(
    'login-required',
    `${server} needs a sign-in in a browser, but this command isn't running in a terminal.`,
    {
      advice:
        'Set DATAANS_ACCESS_CLIENT_ID and DATAANS_ACCESS_CLIENT_SECRET to a service token, or use --no-browser to print the address to open.',
    },
  );
}
