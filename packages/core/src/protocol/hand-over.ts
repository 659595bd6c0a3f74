import { utf8ToBytes } from '../bytes/bytes.ts';
import { base64urlToBytes } from '../bytes/base64url.ts';
import type { Hash } from './chain.ts';

/** Random bytes of a state: with them the command knows the answer to its own question. // HND-1 */
export const handOverStateBytes = 32;

/** The request headers that a token can be handed over for. // HND-4 */
export const handOverHeaders = ['cf-access-token', 'authorization'] as const;

export type HandOverHeader = (typeof handOverHeaders)[number];

/** A token by which a proxy lets its bearer in, and the header that it goes in (`authorization`: as a bearer token). */
export interface HandedOver {
  readonly header: HandOverHeader;
  readonly token: string;
}

/** Longest token: what proxies accept in one header. */
export const handOverTokenCharactersMax = 16_384;

/** Longest name of a device that the page shows, in characters. // HND-2 */
export const handOverDeviceCharactersMax = 64;

/** Names of the fields that the page posts, and the path that it posts to on the loopback port. // HND-4 */
export const handOverFields = { state: 'state', header: 'header', token: 'token' } as const;
export const handOverReceiverPath = '/hand-over';

const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codePrefix = 'dataans/hand-over/1';
const codeBytes = 5;

export function isHandOverState(text: string): boolean {
  return base64urlToBytes(text)?.length === handOverStateBytes;
}

export function isHandOverHeader(text: string): text is HandOverHeader {
  return handOverHeaders.some((header) => header === text);
}

/** What a token can look like (RFC 6750, `b64token`), so that it fits one header and says nothing to a terminal. */
export function isHandOverToken(text: string): boolean {
  return text.length <= handOverTokenCharactersMax && /^[\w.~+/-]+=*$/.test(text);
}

/** Whom a token is for: who waits on a port, and knows a state. */
export interface HandOverReceiver {
  readonly port: number;
  readonly state: string;
}

/**
 * What a person compares on both sides: 40 bits of a hash in eight symbols of Crockford's base 32, as
 * `XXXX-XXXX`. The port is in it, so that who has seen the state cannot wait elsewhere under the same code. // HND-1
 *
 * @param hash SHA-256
 */
export function handOverCode(hash: Hash, { port, state }: HandOverReceiver): string {
  const bytes = hash(utf8ToBytes(`${codePrefix}/${port}/${state}`)).subarray(0, codeBytes);
  let left = bytes.reduce((number, byte) => number * 256 + byte, 0);
  let code = '';
  while (code.length < (codeBytes * 8) / 5) {
    code = (codeAlphabet[left % 32] ?? '') + code;
    left = Math.floor(left / 32);
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
