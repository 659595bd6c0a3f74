import {
  bytesToHex,
  limits,
  paths,
  protocolVersions,
  type LogMessage,
  type PositionMessage,
} from '@dataans/core';
import type { Accounts } from '../accounts/accounts.ts';
import { Refusal } from '../problems/refusal.ts';
import { parseCount } from './query.ts';
import { jsonResponse } from './responses.ts';
import type { Route } from './route.ts';

/** The limits that bind callers, out of all that core has. */
const announcedLimits: LogMessage['limits'] = {
  batchOperationsMax: limits.batchOperationsMax,
  batchBytesMax: limits.batchBytesMax,
  envelopeBytesMax: limits.envelopeBytesMax,
  chunkBytesMax: limits.chunkBytesMax,
  accountBytesMax: limits.accountBytesMax,
  missingNamesMax: limits.missingNamesMax,
};

/** Where the log stands, and stood. */
export function logRoutes({ accounts }: { readonly accounts: Accounts }): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.log,
      access: 'identified',
      handle: async (_, identity) => {
        const { log } = await accounts.of(identity);
        const head = await log.head();
        return jsonResponse({
          server: 'dataans',
          protocol: protocolVersions,
          log: head.log,
          head: head.seq,
          chain: bytesToHex(head.chain),
          limits: announcedLimits,
        } satisfies LogMessage);
      },
    },
    {
      method: 'GET',
      path: `${paths.log}/:seq`,
      access: 'identified',
      handle: async (call, identity) => {
        const seq = parseCount(call.req.param('seq') ?? '');
        if (seq === null)
          throw new Refusal('malformed-request', 'A place in the log is a whole number from 0 on.');
        const { log } = await accounts.of(identity);
        const chain = await log.chainAt(seq);
        if (chain === null)
          throw new Refusal('not-found', "The log doesn't reach this place. Ask for its head first.");
        return jsonResponse({ seq, chain: bytesToHex(chain) } satisfies PositionMessage);
      },
    },
  ];
}
