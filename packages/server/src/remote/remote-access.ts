/** What lets us in at a server, or at the login in front of it. */
export type RemoteAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  /** A service token of Cloudflare Access. */
  | { readonly kind: 'service-token'; readonly clientId: string; readonly clientSecret: string };

/** The headers that go with every request. */
export function accessHeaders(access: RemoteAccess): Readonly<Record<string, string>> {
  switch (access.kind) {
    case 'none':
      return {};
    case 'token':
      return { authorization: `Bearer ${access.token}` };
    case 'service-token':
      return { 'cf-access-client-id': access.clientId, 'cf-access-client-secret': access.clientSecret };
  }
}
