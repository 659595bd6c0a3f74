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
export const handOverFields = { state: 'state', sealed: 'sealed' } as const;
export const handOverReceiverPath = '/hand-over';

const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codePrefix = 'dataans/hand-over/2';
const codeSymbols = 12;
/** The last four of their bits are not shown. */
const codeBytes = 8;

/** Bytes of a public key of X25519. // HND-8 */
export const handOverKeyBytes = 32;

export function isHandOverKey(text: string): boolean {
  return base64urlToBytes(text)?.length === handOverKeyBytes;
}

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

/** Whom a token is for: who waits on a port, knows a state and has the other half of a key. */
export interface HandOverReceiver {
  readonly port: number;
  readonly state: string;
  /** Public key, in base64url. */
  readonly key: string;
}

/** All that makes a receiver the one that a person meant, as one text. // HND-1 */
export function describeHandOverReceiver({ port, state, key }: HandOverReceiver): string {
  return `${codePrefix}/${port}/${state}/${key}`;
}

/**
 * What a person compares on both sides: 60 bits of a hash in twelve symbols of Crockford's base 32, as
 * `XXXX-XXXX-XXXX`. Port, state and key are in it: whoever knows them finds no others with the same code in the
 * minutes in which it counts. // HND-1
 *
 * @param hash SHA-256
 */
export function handOverCode(hash: Hash, receiver: HandOverReceiver): string {
  const bytes = hash(utf8ToBytes(describeHandOverReceiver(receiver))).subarray(0, codeBytes);
  let left = bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n) >> 4n;
  let code = '';
  for (; code.length < codeSymbols; left /= 32n) code = (codeAlphabet[Number(left % 32n)] ?? '') + code;
  return code.replace(/(.{4})(.{4})/, '$1-$2-');
}
