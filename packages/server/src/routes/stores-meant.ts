import type { Accounts, AccountStores } from '../accounts/accounts.ts';
import type { Identity } from '../auth/authenticator.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Call } from './route.ts';

/** Of the caller. What is meant for another log is neither done nor answered: that may be another account's. // SRV-38 */
export async function storesMeant(
  accounts: Accounts,
  call: Call,
  identity: Identity,
): Promise<AccountStores> {
  const stores = await accounts.of(identity);
  const meant = call.req.query('log');
  if (meant === undefined || meant === stores.log.id) return stores;
  throw new Refusal(
    'log-diverged',
    'This request is for a different log. Nothing was stored or read. Ask which log this is.',
  );
}
