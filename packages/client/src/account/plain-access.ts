import type { HandOverHeader } from '@dataans/core';
import { createSecret } from '../platform/secret.ts';
import type { Access, AccessToken } from '../connection/access.ts';

/** An access as plain values: to be kept, or passed between a page and its worker. Secret. */
export type PlainAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cloudflare-access'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly kind: 'access-token';
      readonly header: HandOverHeader;
      readonly token: string;
      readonly source: AccessToken['source'];
    };

/** The credential as a value that can be carried to another thread. */
export function accessToPlain(access: Access): PlainAccess {
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

export function plainToAccess(plain: PlainAccess): Access {
  switch (plain.kind) {
    case 'none':
      return plain;
    case 'bearer':
    case 'access-token':
      return { ...plain, token: createSecret(plain.token) };
    case 'cloudflare-access':
      return { ...plain, clientSecret: createSecret(plain.clientSecret) };
  }
}
