export type { AccountQuestion, SignInRequest } from '../account/sign-in-request.ts';
export type { HomeRooms } from '../home/home-rooms.ts';
export { createBrowserClock } from './clock.ts';
export type { Kept, KeptAccount } from './kept-account.ts';
export { eraseKeyStore, openKeyStore, type KeyStore } from './key-store.ts';
export { openBrowserHome, openBrowserPlatform, type BrowserHomeOptions } from './open-browser-home.ts';
export { openOpfsChunks } from './opfs-chunks.ts';
export { openOpfsSqlite } from './opfs-sqlite.ts';
export { createWebPrimitives } from './web-primitives.ts';
