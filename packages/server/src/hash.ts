import { hash } from 'node:crypto';

/** SHA-256 in one call: on small inputs twice as fast as a hash object. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}
