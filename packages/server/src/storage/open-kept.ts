import { createOnlyAccount, type Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../stores/directory.ts';
import type { TokenFinder } from '../stores/token-store.ts';
import { openManyStores, openStores } from './open-stores.ts';
import type { ServerStores, StoresPlace } from './server-stores.ts';

/** What a server stands on, however many accounts it has. */
export interface Kept extends Omit<ServerStores, 'log' | 'chunks' | 'tokens'> {
  readonly accounts: Accounts;
  /** Whose they are; `null`: there is one account. */
  readonly directory: Directory | null;
  readonly tokens: TokenFinder;
  /** Whether there may be a token that counts. */
  readonly hasTokens: () => Promise<boolean>;
}

export async function openKept(
  place: StoresPlace,
  hasManyAccounts: boolean,
  surroundings: { readonly clock: Clock; readonly onLost: (error: Error) => void },
): Promise<Kept> {
  if (hasManyAccounts) {
    const stores = await openManyStores(place, surroundings);
    return { ...stores, hasTokens: async () => (await stores.directory.countTokens()) > 0 };
  }
  const stores = await openStores(place, surroundings);
  const { tokens } = stores;
  const hasTokens = async () => (await tokens.list()).some(({ revoked }) => revoked === null);
  return { ...stores, accounts: createOnlyAccount(stores), directory: null, hasTokens };
}
