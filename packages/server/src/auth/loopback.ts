import { isLoopbackHost, isLoopbackPeer } from './host.ts';
import { defineAuthMethod, refuseToStart } from './define-method.ts';
import { inProcessPeer, type Authenticator, type AuthMethod } from './authenticator.ts';
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
        `Refusing to start: DATAANS_AUTH=loopback doesn't check who connects, so it can't be used on ${host}. Set DATAANS_AUTH=token, or DATAANS_HOST=127.0.0.1.`,
      );
    if (publicHost !== null && !isLoopbackHost(new URL(`http://${publicHost}`).hostname))
      throw refuseToStart(
        `Refusing to start: DATAANS_AUTH=loopback doesn't check who connects, so everybody could get in through ${publicHost}. Set DATAANS_AUTH to a method that checks, or remove DATAANS_PUBLIC_URL.`,
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
    if (peer !== inProcessPeer && !isLoopbackPeer(peer))
      throw refuseCaller(
        'wrong-peer',
        'This server only accepts connections from its own machine. To use it from other devices, choose a sign-in method with DATAANS_AUTH.',
      );
    if (options.publicHost === null && proxyHeaders.some((name) => request.headers.has(name)))
      throw refuseCaller(
        'proxied',
        'This server only accepts connections from its own machine, and this request came through a proxy. To use it from other devices, choose a sign-in method with DATAANS_AUTH and set DATAANS_PUBLIC_URL.',
      );
    if (!isOurs(request.headers.get('host') ?? new URL(request.url).host))
      throw refuseCaller(
        'wrong-host',
        "The Host of this request isn't this machine. Use the address that the server printed when it started.",
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
