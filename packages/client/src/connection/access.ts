import type { HandOverHeader } from '@dataans/core';
import type { Secret } from '../platform/secret.ts';

/** What proves to the server, or to the proxy before it, that the caller may come in. */
export type Access =
  | { readonly kind: 'none' }
  /** A token that the server's operator made. */
  | { readonly kind: 'bearer'; readonly token: Secret }
  /** A service token of Cloudflare Access. */
  | { readonly kind: 'cloudflare-access'; readonly clientId: string; readonly clientSecret: Secret }
  /** A person's sign-in at the proxy before the server; it ends after hours or weeks. */
  | AccessToken;

export interface AccessToken {
  readonly kind: 'access-token';
  readonly header: HandOverHeader;
  readonly token: Secret;
  /** Who gives the next one when it has ended. */
  readonly source: 'browser' | 'cloudflared';
}

// Access answers 401 to it where it would otherwise redirect to a sign-in page.
const notAPage = { 'x-requested-with': 'XMLHttpRequest' };

/** The headers that go with every request. // ACC-6 */
export function accessHeaders(access: Access): Readonly<Record<string, string>> {
  return { ...notAPage, ...credentialHeaders(access) };
}

function credentialHeaders(access: Access): Readonly<Record<string, string>> {
  switch (access.kind) {
    case 'none':
      return {};
    case 'bearer':
      return { authorization: bearer(access.token) };
    case 'cloudflare-access':
      return {
        'cf-access-client-id': access.clientId,
        'cf-access-client-secret': access.clientSecret.reveal(),
      };
    case 'access-token': {
      const { header, token } = access;
      return { [header]: header === 'authorization' ? bearer(token) : token.reveal() };
    }
  }
}

function bearer(token: Secret): string {
  return `Bearer ${token.reveal()}`;
}
