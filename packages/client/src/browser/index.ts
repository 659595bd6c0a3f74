export { createBrowserClock } from './clock.ts';
export { openKeyStore, type KeptAccount, type KeyStore } from './key-store.ts';
export { openOpfsChunks } from './opfs-chunks.ts';
export { openOpfsSqlite } from './opfs-sqlite.ts';
export { createWebLock } from './web-lock.ts';
export { createWebPrimitives } from './web-primitives.ts';
