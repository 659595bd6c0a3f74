import type { HandOverHeader } from '@dataans/core';
import { createSecret } from '../platform/secret.ts';
import type { Access, AccessToken } from '../connection/access.ts';

/** An access as plain values, for the place where a device keeps its credentials. Secret. */
export type KeptAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cloudflare-access'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'access-token';
      readonly header: HandOverHeader;
      readonly token: string;
      readonly source: AccessToken['source'];
    };

export function keepAccess(access: Access): KeptAccess {
  switch (access.kind) {
    case 'none':
      return access;
    case 'bearer':
    case 'access-token':
      return { ...access, token: access.token.reveal() };
    case 'cloudflare-access':
      return { ...access, clientSecret: access.clientSecret.reveal() };
  }
}

export function readAccess(kept: KeptAccess): Access {
  switch (kept.kind) {
    case 'none':
      return kept;
    case 'bearer':
    case 'access-token':
      return { ...kept, token: createSecret(kept.token) };
    case 'cloudflare-access':
      return { ...kept, clientSecret: createSecret(kept.clientSecret) };
  }
}
