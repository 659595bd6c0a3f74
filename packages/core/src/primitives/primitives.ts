import type { Branded } from '../ids/brand.ts';

/** A key that HKDF derives others from. Opaque: it neither prints nor serialises. */
export type DerivationKey = Branded<object, 'DerivationKey'>;
/** An AES-256-GCM key. Opaque. */
export type SealingKey = Branded<object, 'SealingKey'>;
/** An HMAC-SHA-256 key. Opaque. */
export type MacKey = Branded<object, 'MacKey'>;

export interface SealRequest {
  /** 12 bytes, never used twice with one key for different plaintexts. */
  readonly nonce: Uint8Array;
  readonly plaintext: Uint8Array;
  readonly additionalData: Uint8Array;
}

export interface OpenRequest {
  readonly nonce: Uint8Array;
  /** Ciphertext and its 16-byte tag behind it. */
  readonly sealed: Uint8Array;
  readonly additionalData: Uint8Array;
}

/**
 * The cryptography of the platform, in batches so that either a synchronous or an asynchronous one
 * serves. Two implementations, `node:crypto` and WebCrypto, run the same vectors. Inputs are not
 * changed and not kept.
 */
export interface Primitives {
  /** Cryptographically secure. */
  randomBytes(length: number): Uint8Array;
  /** SHA-256 at once, for the links of the chain and other short inputs. */
  hash(bytes: Uint8Array): Uint8Array;
  /** SHA-256 of each, for large inputs. */
  hashMany(inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
  /** PBKDF2-HMAC-SHA-256, 32 bytes, as a key for HKDF. Takes about 0.2 s at 1,200,000 iterations. */
  stretchPassword(password: Uint8Array, salt: Uint8Array, iterations: number): Promise<DerivationKey>;
  importDerivationKey(bytes: Uint8Array): Promise<DerivationKey>;
  /** HKDF-SHA-256 with an empty salt, 32 bytes. */
  deriveSealingKey(key: DerivationKey, purpose: string): Promise<SealingKey>;
  /** HKDF-SHA-256 with an empty salt, 32 bytes. */
  deriveMacKey(key: DerivationKey, purpose: string): Promise<MacKey>;
  /** AES-256-GCM; each result is the ciphertext and its tag. */
  sealMany(key: SealingKey, requests: readonly SealRequest[]): Promise<readonly Uint8Array[]>;
  /** Each result is the plaintext, or `null` where the tag does not fit. */
  openMany(key: SealingKey, requests: readonly OpenRequest[]): Promise<readonly (Uint8Array | null)[]>;
  /** HMAC-SHA-256 of each, 32 bytes. */
  macMany(key: MacKey, inputs: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
}
