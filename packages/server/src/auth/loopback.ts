import { isLoopbackHost, isLoopbackPeer } from './host.ts';
import { defineAuthMethod, refuseToStart } from './define-method.ts';
import type { Authenticator, AuthMethod } from './authenticator.ts';
import { createIdentity } from './identity.ts';
import { refuseCaller } from './refuse.ts';

const identity = createIdentity('loopback', 'this machine', null);

/** Only ever sent by a proxy, which then speaks for somebody elsewhere. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip', 'cf-connecting-ip'] as const;

/** Nobody needs a credential on loopback: it must not be reached from elsewhere. // SRV-23 */
export const loopbackMethod = defineAuthMethod({
  options: {},
  configure: (_, { host, publicHost }) => {
    if (!isLoopbackHost(host))
      throw refuseToStart(
        `DATAANS_AUTH=loopback asks nobody who they are and so must not listen on ${host}: set DATAANS_AUTH=token, or DATAANS_HOST=127.0.0.1.`,
      );
    if (publicHost !== null && !isLoopbackHost(new URL(`http://${publicHost}`).hostname))
      throw refuseToStart(
        `DATAANS_AUTH=loopback would let in everybody who comes through ${publicHost}: set DATAANS_AUTH to a method that asks who they are, or leave out DATAANS_PUBLIC_URL.`,
      );
    return ({ port }) => createLoopbackAuth({ port, publicHost });
  },
});

/**
 * Lets in whoever is on this machine, without a credential. The `Host` must name this machine and
 * our port, so that no web page can reach us through a name of its own, and a proxy that says it is
 * one must be the one that we were told of. // SRV-23
 */
export function createLoopbackAuth(options: {
  /** The port we listen on; `null` where nothing listens, in one process. */
  readonly port: number | null;
  /** `host:port` that a proxy on this machine serves us under, if any. */
  readonly publicHost: string | null;
}): AuthMethod {
  const isOurs = (host: string) => host === options.publicHost || isLoopbackAt(host, options.port);
  const authenticate: Authenticator = async ({ request, peer }) => {
    if (peer !== null && !isLoopbackPeer(peer))
      throw refuseCaller(
        'wrong-peer',
        'This server answers only its own machine: set DATAANS_AUTH=token on it to reach it from others.',
      );
    if (options.publicHost === null && proxyHeaders.some((name) => request.headers.has(name)))
      throw refuseCaller(
        'proxied',
        'This request came through a proxy, and this server answers only its own machine: set DATAANS_AUTH=token and DATAANS_PUBLIC_URL on it.',
      );
    if (!isOurs(request.headers.get('host') ?? new URL(request.url).host))
      throw refuseCaller(
        'wrong-host',
        'The Host of this request is not this machine: use the address that the server printed when it started.',
      );
    return identity;
  };
  return { authenticate };
}

function isLoopbackAt(host: string, port: number | null): boolean {
  const [, name, hostPort] = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/i.exec(host) ?? [];
  if (name === undefined || !isLoopbackHost(name.toLowerCase())) return false;
  return port === null || Number(hostPort ?? 80) === port;
}
