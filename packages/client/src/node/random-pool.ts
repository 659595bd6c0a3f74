import { randomFillSync } from 'node:crypto';

const poolBytes = 8_192;
/** Ids and nonces; keys and what is long come from the system one by one. */
const pooledMax = 16;

/**
 * Random bytes as the system gives them. Short ones are taken out of a pool, because asking for each takes longer than
 * sealing with it; what was given is wiped there.
 */
export function createRandomBytes(): (length: number) => Uint8Array {
  const pool = new Uint8Array(poolBytes);
  let at = poolBytes;
  return (length) => {
    if (length > pooledMax) return randomFillSync(new Uint8Array(length));
    if (at + length > poolBytes) {
      randomFillSync(pool);
      at = 0;
    }
    const given = pool.slice(at, at + length);
    pool.fill(0, at, at + length);
    at += length;
    return given;
  };
}
