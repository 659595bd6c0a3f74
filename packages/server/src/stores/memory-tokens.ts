import { bytesToHex } from '@dataans/core';
import type { StoredToken, TokenStore } from './token-store.ts';

/** Tokens that last as long as the process: for tests. */
export function createMemoryTokens(): TokenStore {
  const tokenByHash = new Map<string, StoredToken>();
  const unrevoked = (name: string) =>
    tokenByHash.values().find((token) => token.name === name && token.revoked === null);
  const change = (token: StoredToken) => void tokenByHash.set(bytesToHex(token.hash), token);

  return {
    add: async (token) => {
      if (unrevoked(token.name) !== undefined) return false;
      change({ ...token, lastUsed: null, revoked: null });
      return true;
    },
    find: async (hash) => tokenByHash.get(bytesToHex(hash)) ?? null,
    list: async () => [...tokenByHash.values()],
    revoke: async (name, at) => {
      const token = unrevoked(name);
      if (token !== undefined) change({ ...token, revoked: at });
      return token !== undefined;
    },
    touch: async (hash, at) => {
      const token = tokenByHash.get(bytesToHex(hash));
      if (token !== undefined) change({ ...token, lastUsed: at });
    },
    close: async () => {},
  };
}
