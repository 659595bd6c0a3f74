import { randomBytes } from 'node:crypto';
import { paths, randomBytesToUuid } from '@dataans/core';
import * as v from 'valibot';
import { logMessage } from '@dataans/core';
import { admitAccounts } from '../accounts/admit-accounts.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import { createIdentity } from '../auth/identity.ts';
import { refuseStranger } from '../auth/refuse.ts';
import { silentLogger, type Logger } from '../logging/logger.ts';
import type { ManyStores } from '../storage/server-stores.ts';
import type { AccountId } from '../stores/directory.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createTestApp, type SendOptions } from './test-app.ts';

/** What an app with many accounts stands on. */
export type ManyParts = Pick<ManyStores, 'accounts' | 'directory' | 'heads' | 'tokens'>;

export interface ManyApp {
  readonly clock: ManualClock;
  /** Sends a request as somebody; `null`: as nobody. */
  send(who: string | null, method: string, path: string, init?: SendOptions): Promise<Response>;
  /** The id of somebody's log. */
  logOf(who: string): Promise<string>;
}

const whoHeader = 'x-who';

/** The app with many accounts: everybody is who they say they are. */
export function createManyApp(
  { accounts, directory, heads }: ManyParts,
  { enrols = true, logger = silentLogger }: { readonly enrols?: boolean; readonly logger?: Logger } = {},
): ManyApp {
  const clock = createManualClock();
  const newAccountId = () => randomBytesToUuid<AccountId>(randomBytes(16));
  const authenticate = admitAccounts(believe, { directory, enrols, newAccountId, clock, logger });
  const app = createTestApp({ accounts, heads, authenticate, clock, logger });
  const send: ManyApp['send'] = (who, method, path, init = {}) =>
    app.send(method, path, {
      ...init,
      headers: { ...init.headers, ...(who !== null && { [whoHeader]: who }) },
    });
  return {
    clock,
    send,
    logOf: async (who) => v.parse(logMessage, await (await send(who, 'GET', paths.log)).json()).log,
  };
}

/** A name that begins with `service` is a machine's. */
const believe: Authenticator = async ({ request }) => {
  const who = request.headers.get(whoHeader);
  if (who === null) throw refuseStranger('missing', 'Nobody is calling.');
  const kind = who.startsWith('service') ? 'service' : 'person';
  return createIdentity('test', `${who}@example.org`, null, {
    subject: { kind, issuer: 'https://issuer.example.org', id: who },
  });
};
