import type { Secret } from '../platform/secret.ts';

/** What a device knows about its account beside its keys. */
export interface Profile {
  /** Address of the server: `http(s)://host…` without a slash at its end. */
  readonly server: string;
  /** Useless to a reader without the password. */
  readonly passphrase: Secret;
  /** What this device is called in lists. */
  readonly device: string;
}
