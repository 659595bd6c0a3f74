import { is, type Option } from '../options/option.ts';
import { requireAllowed, requireUserList, userOptions, type AllowList } from './allow-list.ts';
import type { AuthMethod } from './authenticator.ts';
import { defineAuthMethod, requireSettings } from './define-method.ts';
import { headerNameOption } from './header-name.ts';
import { createIdentity } from './identity.ts';
import { createPeerCheck, peerRangesOption } from './peer-ranges.ts';
import { refuseCaller, refuseStranger } from './refuse.ts';

/** Headers in which proxies name the user by e-mail address, by what people call the proxy. */
const headerByProxy: ReadonlyMap<string, string> = new Map([
  ['authelia', 'remote-email'],
  ['authentik', 'x-authentik-email'],
  ['tailscale', 'tailscale-user-login'],
]);

const anyHeader = headerNameOption(
  `header in which the proxy names the user, or the name of the proxy: ${[...headerByProxy.keys()].join(', ')}`,
);

const options = {
  DATAANS_TRUSTED_HEADER: {
    help: anyHeader.help,
    parse: (text) => {
      const known = headerByProxy.get(text.toLowerCase());
      return known === undefined ? anyHeader.parse(text) : is(known);
    },
  } satisfies Option<string>,
  DATAANS_TRUSTED_PEERS: peerRangesOption(
    'addresses or networks of the proxy, whose header alone is believed; those of DATAANS_PROXIES unless set',
  ),
  ...userOptions,
};

/**
 * Believes a proxy that names its user without a signature. Whoever can reach the server from the
 * proxy's address can be anybody: nothing but the proxy must be able to. // AUTH-10
 */
export const trustedHeaderMethod = defineAuthMethod({
  options,
  configure: ({ DATAANS_TRUSTED_HEADER, DATAANS_TRUSTED_PEERS, ...allow }, place) => {
    const { proxies = [] } = place;
    const needed = requireSettings('trusted-header', {
      DATAANS_TRUSTED_HEADER: [DATAANS_TRUSTED_HEADER, "your proxy's header"],
      DATAANS_TRUSTED_PEERS: [
        DATAANS_TRUSTED_PEERS ?? (proxies.length === 0 ? null : proxies),
        "your proxy's address",
      ],
      DATAANS_PUBLIC_URL: [place.publicHost, 'the address people use'],
    });
    requireUserList('a proxy', allow);
    return () =>
      createTrustedHeaderAuth({
        header: needed.DATAANS_TRUSTED_HEADER,
        isProxy: createPeerCheck(needed.DATAANS_TRUSTED_PEERS),
        publicHost: needed.DATAANS_PUBLIC_URL,
        allow,
      });
  },
});

function createTrustedHeaderAuth(settings: {
  readonly header: string;
  readonly isProxy: (peer: string) => boolean;
  readonly publicHost: string;
  readonly allow: AllowList;
}): AuthMethod {
  const { header, isProxy, publicHost, allow } = settings;
  return {
    authenticate: async ({ request, peer }) => {
      if (!isProxy(peer))
        throw refuseCaller(
          'wrong-peer',
          "This server only answers the proxy in front of it. Use the public address, or add the proxy's address to DATAANS_TRUSTED_PEERS.",
        );
      // A page that has led a name of its own to the proxy's machine can set any header. // AUTH-10
      if (request.headers.get('host') !== publicHost)
        throw refuseCaller(
          'wrong-host',
          "The Host of this request isn't the public address. Use that address, and let the proxy pass on the Host.",
        );
      const name = readName(request, header);
      const identity = createIdentity('trusted-header', name, null);
      requireAllowed({ kind: 'user', name }, allow, identity.hash);
      return identity;
    },
  };
}

/** Letters beyond ASCII come in encodings that proxies do not agree on. */
function readName(request: Request, header: string): string {
  const value = request.headers.get(header);
  if (value === null || value === '')
    throw refuseStranger(
      'missing',
      `The proxy didn't name a user in ${header}. Sign in there. If you run the server, check that the proxy covers this path.`,
    );
  if (value.includes(','))
    throw refuseStranger(
      'repeated',
      `The header ${header} must name one user. Let the proxy replace what callers send.`,
    );
  if (!/^[!-~]{1,320}$/.test(value))
    throw refuseStranger(
      'malformed',
      `The header ${header} has no name in it. A name is 1 to 320 ASCII characters without spaces.`,
    );
  return value;
}
