import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash as hashOnce,
  hkdfSync,
  KeyObject,
  pbkdf2,
} from 'node:crypto';
import { promisify } from 'node:util';
import {
  binaryToBytes,
  type DerivationKey,
  type MacKey,
  type OpenRequest,
  type Primitives,
  type SealingKey,
  type SealRequest,
} from '@dataans/core';
import { createRandomBytes } from './random-pool.ts';

const cipherName = 'aes-256-gcm';
const hashName = 'sha256';
const keyBytes = 32;
const tagBytes = 16;
const noSalt = new Uint8Array();

const stretch = promisify(pbkdf2);

/** The primitives of `node:crypto`; keys are `KeyObject`s, whose secrets neither print nor serialise. */
export function createNodePrimitives(): Primitives {
  return {
    randomBytes: createRandomBytes(),
    hash,
    hashMany: (inputs) => Promise.resolve(inputs.map(hash)),
    stretchPassword: async (password, salt, iterations) =>
      createKey(await stretch(password, salt, iterations, keyBytes, hashName)),
    importDerivationKey: (bytes) => Promise.resolve(createKey(bytes)),
    deriveSealingKey: (key, purpose) => Promise.resolve(deriveKey(key, purpose)),
    deriveMacKey: (key, purpose) => Promise.resolve(deriveKey(key, purpose)),
    sealMany: (key, requests) => Promise.resolve(requests.map((request) => seal(keyObject(key), request))),
    openMany: (key, requests) => Promise.resolve(requests.map((request) => open(keyObject(key), request))),
    macMany: (key, inputs) => Promise.resolve(inputs.map((input) => mac(keyObject(key), input))),
  };
}

/** As text, because a small buffer from native code costs three times as much as its hash. */
function hash(bytes: Uint8Array): Uint8Array {
  return binaryToBytes(hashOnce(hashName, bytes, 'binary'));
}

function deriveKey<Key>(key: DerivationKey, purpose: string): Key {
  return createKey(new Uint8Array(hkdfSync(hashName, keyObject(key), noSalt, purpose, keyBytes)));
}

function seal(key: KeyObject, { nonce, plaintext, additionalData }: SealRequest): Uint8Array {
  const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData);
  const sealed = new Uint8Array(plaintext.length + tagBytes);
  sealed.set(cipher.update(plaintext));
  cipher.final();
  sealed.set(cipher.getAuthTag(), plaintext.length);
  return sealed;
}

function open(key: KeyObject, { nonce, sealed, additionalData }: OpenRequest): Uint8Array | null {
  if (sealed.length < tagBytes) return null;
  const tagStart = sealed.length - tagBytes;
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData);
  decipher.setAuthTag(sealed.subarray(tagStart));
  const plaintext = decipher.update(sealed.subarray(0, tagStart));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return asBytes(plaintext);
}

function mac(key: KeyObject, input: Uint8Array): Uint8Array {
  return asBytes(createHmac(hashName, key).update(input).digest());
}

function createKey<Key>(bytes: Uint8Array): Key {
  // The brands differ only for the compiler; the caller says what the key is for.
  return createSecretKey(bytes) as Key;
}

function keyObject(key: DerivationKey | MacKey | SealingKey): KeyObject {
  if (!(key instanceof KeyObject)) throw new TypeError('The key was made by another platform.');
  return key;
}

function asBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
