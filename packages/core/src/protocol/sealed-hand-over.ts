import { base64urlToBytes, bytesToBase64url } from '../bytes/base64url.ts';
import { bytesToUtf8, concatBytes, utf8ToBytes } from '../bytes/bytes.ts';
import {
  describeHandOverReceiver,
  handOverKeyBytes,
  isHandOverHeader,
  isHandOverToken,
  type HandedOver,
  type HandOverReceiver,
} from './hand-over.ts';

/** What the command makes for one hand-over: only it opens what is sealed to the public key. */
export interface HandOverKey {
  /** 32 bytes in base64url, as the question has it. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

type Subtle = Pick<
  SubtleCrypto,
  'generateKey' | 'exportKey' | 'importKey' | 'deriveBits' | 'deriveKey' | 'encrypt' | 'decrypt'
>;

// HND-8
const agreement = 'X25519';
const agreedBits = 256;
const cipher = 'AES-GCM';
/** A key seals one message, so its nonce need not vary. */
const nonce = new Uint8Array(12);

export async function createHandOverKey(subtle: Subtle): Promise<HandOverKey> {
  const pair = await subtle.generateKey(agreement, false, ['deriveBits']);
  const { privateKey, publicKey } = pair;
  const bytes = new Uint8Array(await subtle.exportKey('raw', publicKey));
  return { privateKey, publicKey: bytesToBase64url(bytes) };
}

/** What the page carries, in base64url; `null` if the receiver's key is one that agrees on nothing. // HND-8 */
export async function sealHandOver(
  subtle: Subtle,
  receiver: HandOverReceiver,
  { header, token }: HandedOver,
): Promise<string | null> {
  const theirs = base64urlToBytes(receiver.key);
  const own = await createHandOverKey(subtle);
  const ownBytes = base64urlToBytes(own.publicKey);
  if (theirs === null || ownBytes === null) return null;
  const key = await agreeOnKey(subtle, own.privateKey, theirs, bindTo(own.publicKey, receiver));
  if (key === null) return null;
  const plain = source(utf8ToBytes(`${header}\n${token}`));
  const sealed = await subtle.encrypt({ name: cipher, iv: nonce }, key, plain);
  return bytesToBase64url(concatBytes(ownBytes, new Uint8Array(sealed)));
}

/** What was handed over; `null` if it is not sealed for this receiver, or no token. // HND-8 */
export async function openHandOver(
  subtle: Subtle,
  receiver: HandOverReceiver,
  { privateKey }: HandOverKey,
  text: string,
): Promise<HandedOver | null> {
  const bytes = base64urlToBytes(text);
  if (bytes === null || bytes.length <= handOverKeyBytes) return null;
  const theirs = bytes.slice(0, handOverKeyBytes);
  const key = await agreeOnKey(subtle, privateKey, theirs, bindTo(bytesToBase64url(theirs), receiver));
  if (key === null) return null;
  const sealed = source(bytes.subarray(handOverKeyBytes));
  const opened = await subtle.decrypt({ name: cipher, iv: nonce }, key, sealed).catch(() => null);
  const plain = opened === null ? null : bytesToUtf8(new Uint8Array(opened));
  const [header = '', token = ''] = plain?.split('\n') ?? [];
  return isHandOverHeader(header) && isHandOverToken(token) ? { header, token } : null;
}

/** `null` if the other key is of a small order, which agrees with every key on the same secret. */
async function agreeOnKey(
  subtle: Subtle,
  own: CryptoKey,
  theirs: Uint8Array,
  info: Uint8Array,
): Promise<CryptoKey | null> {
  try {
    const other = await subtle.importKey('raw', source(theirs), agreement, false, []);
    const agreed = await subtle.deriveBits({ name: agreement, public: other }, own, agreedBits);
    const secret = await subtle.importKey('raw', agreed, 'HKDF', false, ['deriveKey']);
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: source(info) };
    return await subtle.deriveKey(hkdf, secret, { name: cipher, length: 256 }, false, ['encrypt', 'decrypt']);
  } catch {
    return null;
  }
}

/** The sealing is for one question and by one sender: neither fits another. */
function bindTo(sender: string, receiver: HandOverReceiver): Uint8Array {
  return utf8ToBytes(`${describeHandOverReceiver(receiver)}/${sender}`);
}

/** Our bytes never lie in shared memory, which is all that the types of WebCrypto want to know. */
function source(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
