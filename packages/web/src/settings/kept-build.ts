import { bytesToHex } from '@dataans/core';

const root = '/app/';

/** The little of a browser's caches that is used. */
export type KeptCaches = Pick<CacheStorage, 'keys' | 'open'>;

/**
 * SHA-256 over the app as this browser keeps it, which is what `dataans app --hash` and the server print for the same
 * app; `null` if the browser keeps none.
 *
 * @param script address of this page's own script: another version may lie beside this one, and wait
 */
export async function hashKeptBuild(caches: KeptCaches, script: string): Promise<string | null> {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    if ((await cache.match(script)) !== undefined) return hashFiles(cache);
  }
  return null;
}

/** As `sha256sum` would write it of the names and contents, in the order of the names. */
async function hashFiles(cache: Cache): Promise<string> {
  const lines = new Map<string, string>();
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname.slice(root.length);
    const kept = await cache.match(request);
    const bytes = new Uint8Array((await kept?.arrayBuffer()) ?? []);
    const name = path === '' ? 'index.html' : path;
    lines.set(name, `${await sha256Hex(bytes)}  ${name}\n`);
  }
  const whole = [...lines].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, line]) => line);
  return sha256Hex(new TextEncoder().encode(whole.join('')));
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
