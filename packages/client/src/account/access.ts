import type { Secret } from '../platform/secret.ts';

/** What proves to the server, or to the proxy before it, that the caller may come in. */
export type Access =
  | { readonly kind: 'none' }
  /** A token that the server's operator made. */
  | { readonly kind: 'bearer'; readonly token: Secret }
  /** A service token of Cloudflare Access. */
  | { readonly kind: 'cloudflare-access'; readonly clientId: string; readonly clientSecret: Secret };

/** The headers that go with every request. */
export function accessHeaders(access: Access): Readonly<Record<string, string>> {
  switch (access.kind) {
    case 'none':
      return {};
    case 'bearer':
      return { authorization: `Bearer ${access.token.reveal()}` };
    case 'cloudflare-access':
      // With the last one, Access answers 401 where it would otherwise redirect to a sign-in page.
      return {
        'cf-access-client-id': access.clientId,
        'cf-access-client-secret': access.clientSecret.reveal(),
        'x-requested-with': 'XMLHttpRequest',
      };
  }
}
