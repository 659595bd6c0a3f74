import { createHmac, KeyObject, sign } from 'node:crypto';
import type { SigningKey } from './issuer.ts';

/** Something that looks like a JSON Web Token: no library would sign most of what attackers send. */
export function forge(header: object | string, claims: object | string, signWith: Signer): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${signWith(signed).toString('base64url')}`;
}

export type Signer = (signed: string) => Buffer;

/** RS256, whatever the header says. */
export function withKey({ privateKey }: SigningKey, digest = 'sha256'): Signer {
  const key = KeyObject.from(privateKey);
  return (signed) => sign(digest, Buffer.from(signed), key);
}

export function withSecret(secret: string): Signer {
  return (signed) => createHmac('sha256', secret).update(signed).digest();
}

export const unsigned: Signer = () => Buffer.alloc(0);

function encode(part: object | string): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}
