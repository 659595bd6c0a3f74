import type { DerivationKey, MacKey, Primitives, SealingKey } from '@dataans/core';
import { sha256 } from '@noble/hashes/sha2.js';

const keyBits = 256;
const hmac = { name: 'HMAC', hash: 'SHA-256', length: keyBits } as const;
const aesGcm = { name: 'AES-GCM', length: keyBits } as const;

/** Most bytes that one call of `getRandomValues` may ask for (Web Cryptography API, section 10.1.1). */
const randomBytesMax = 65_536;

/**
 * Primitives by WebCrypto. The keys are `CryptoKey`s that cannot be exported, so that they can be kept
 * in IndexedDB without their secrets ever being readable again; only the bytes of a root key pass
 * through memory, because WebCrypto cannot derive an HKDF key from PBKDF2.
 */
export function createWebPrimitives(crypto: Crypto): Primitives {
  const { subtle } = crypto;

  function importDerivationKey(bytes: Uint8Array): Promise<DerivationKey> {
    return subtle.importKey('raw', source(bytes), 'HKDF', false, ['deriveKey']).then(asDerivationKey);
  }

  return {
    randomBytes: (length) => randomBytes(crypto, length),
    hash: (bytes) => sha256(bytes),
    hashMany: (inputs) =>
      Promise.all(inputs.map((input) => subtle.digest('SHA-256', source(input)).then(asBytes))),

    async stretchPassword(password, salt, iterations) {
      const key = await subtle.importKey('raw', source(password), 'PBKDF2', false, ['deriveBits']);
      const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: source(salt), iterations };
      const rootKey = asBytes(await subtle.deriveBits(parameters, key, keyBits));
      const derivationKey = await importDerivationKey(rootKey);
      rootKey.fill(0);
      return derivationKey;
    },

    importDerivationKey,
    deriveSealingKey: (key, purpose) =>
      subtle
        .deriveKey(hkdf(purpose), asCryptoKey(key), aesGcm, false, ['encrypt', 'decrypt'])
        .then(asSealingKey),
    deriveMacKey: (key, purpose) =>
      subtle.deriveKey(hkdf(purpose), asCryptoKey(key), hmac, false, ['sign']).then(asMacKey),

    sealMany: (key, requests) =>
      Promise.all(
        requests.map(({ nonce, plaintext, additionalData }) =>
          subtle.encrypt(gcm(nonce, additionalData), asCryptoKey(key), source(plaintext)).then(asBytes),
        ),
      ),
    openMany: (key, requests) =>
      Promise.all(
        requests.map(({ nonce, sealed, additionalData }) =>
          subtle
            .decrypt(gcm(nonce, additionalData), asCryptoKey(key), source(sealed))
            .then(asBytes, nullWhereNotAuthentic),
        ),
      ),
    macMany: (key, inputs) =>
      Promise.all(inputs.map((input) => subtle.sign('HMAC', asCryptoKey(key), source(input)).then(asBytes))),
  };
}

function randomBytes(crypto: Crypto, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let offset = 0; offset < length; offset += randomBytesMax)
    crypto.getRandomValues(bytes.subarray(offset, offset + randomBytesMax));
  return bytes;
}

function hkdf(purpose: string): HkdfParams {
  return {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: new TextEncoder().encode(purpose),
  };
}

function gcm(nonce: Uint8Array, additionalData: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: source(nonce), additionalData: source(additionalData) };
}

/** WebCrypto says `OperationError` for a tag that does not fit, and throws anything else for a fault of ours. */
function nullWhereNotAuthentic(error: unknown): null {
  if (error instanceof DOMException && error.name === 'OperationError') return null;
  throw error;
}

function asBytes(buffer: ArrayBuffer): Uint8Array {
  return new Uint8Array(buffer);
}

/** WebCrypto refuses memory shared between threads, and nothing here is. */
function source(bytes: Uint8Array): BufferSource {
  return bytes as Uint8Array<ArrayBuffer>;
}

// The brands keep keys of different purposes apart for the compiler; behind each is a CryptoKey.
function asCryptoKey(key: DerivationKey | SealingKey | MacKey): CryptoKey {
  return key as object as CryptoKey;
}

function asDerivationKey(key: CryptoKey): DerivationKey {
  return key as object as DerivationKey;
}

function asSealingKey(key: CryptoKey): SealingKey {
  return key as object as SealingKey;
}

function asMacKey(key: CryptoKey): MacKey {
  return key as object as MacKey;
}
