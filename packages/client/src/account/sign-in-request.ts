import type { Secret } from '../platform/secret.ts';
import type { Access } from '../connection/access.ts';

export interface SignInRequest {
  /** As the person typed it; made regular by `parseServerAddress`. */
  readonly server: string;
  readonly password: Secret;
  /** `null`: not known, or to be generated where there is no account yet. */
  readonly passphrase: Secret | null;
  readonly access: Access;
  /** What this device is called from now on. */
  readonly device: string;
  readonly signal?: AbortSignal;
}

export interface AccountQuestion {
  readonly server: string;
  readonly access: Access;
  readonly signal?: AbortSignal;
}
