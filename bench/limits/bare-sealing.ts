import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

const tagBytes = 16;

/** Milliseconds to seal and to open `count` messages of a size, with nothing around it. */
export function measureBareSealing(count: number, messageBytes: number): { sealMs: number; openMs: number } {
  const key = createSecretKey(randomBytes(32));
  const nonces = randomBytes(12 * count);
  const message = randomBytes(messageBytes);
  const context = randomBytes(40);
  const sealed: Uint8Array[] = [];
  const sealStart = performance.now();
  for (let index = 0; index < count; index += 1) {
    const cipher = createCipheriv('aes-256-gcm', key, nonces.subarray(index * 12, index * 12 + 12));
    cipher.setAAD(context);
    const ciphertext = cipher.update(message);
    cipher.final();
    sealed.push(Buffer.concat([ciphertext, cipher.getAuthTag()]));
  }
  const sealMs = performance.now() - sealStart;
  const openStart = performance.now();
  for (const [index, bytes] of sealed.entries()) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonces.subarray(index * 12, index * 12 + 12));
    decipher.setAAD(context);
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    decipher.update(bytes.subarray(0, bytes.length - tagBytes));
    decipher.final();
  }
  return { sealMs, openMs: performance.now() - openStart };
}
