import { bytesToBase64url, utf8ToBytes } from '@dataans/core';
import { sha256 } from '../hash.ts';

/** Bytes of randomness in a token: nobody guesses one, so a plain hash of it is enough to store. */
export const tokenRandomBytes = 32;

const tokenShape = /^dat_[A-Za-z0-9_-]{43}$/;

/** `dat_` and 43 characters: the prefix lets secret scanners know a leaked one. */
export function randomBytesToToken(random: Uint8Array): string {
  return `dat_${bytesToBase64url(random)}`;
}

export function isToken(text: string): boolean {
  return tokenShape.test(text);
}

/** What is stored and looked up instead of the token. */
export function tokenToHash(token: string): Uint8Array {
  return sha256(utf8ToBytes(token));
}
