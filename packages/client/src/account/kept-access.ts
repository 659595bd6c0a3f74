import { createSecret } from '../platform/secret.ts';
import type { Access } from './access.ts';

/** An access as plain values, for the place where a device keeps its credentials. Secret. */
export type KeptAccess =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cloudflare-access'; readonly clientId: string; readonly clientSecret: string };

export function keepAccess(access: Access): KeptAccess {
  switch (access.kind) {
    case 'none':
      return access;
    case 'bearer':
      return { kind: 'bearer', token: access.token.reveal() };
    case 'cloudflare-access':
      return { ...access, clientSecret: access.clientSecret.reveal() };
  }
}

export function readAccess(kept: KeptAccess): Access {
  switch (kept.kind) {
    case 'none':
      return kept;
    case 'bearer':
      return { kind: 'bearer', token: createSecret(kept.token) };
    case 'cloudflare-access':
      return { ...kept, clientSecret: createSecret(kept.clientSecret) };
  }
}
