import { bytesToHex, bytesToJson, hexToBytes, limits, paths, type Hash } from '@dataans/core';
import type { Accounts } from '../accounts/accounts.ts';
import type { AccountCondition } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import { readBody } from './read-body.ts';
import { storesMeant } from './stores-meant.ts';
import { bytesResponse } from './responses.ts';
import type { Call, Route } from './route.ts';

const mediaType = 'application/json';

/** The account record: bytes to the server, whatever their version. // SRV-7 */
export function accountRoutes({
  accounts,
  hash,
}: {
  readonly accounts: Accounts;
  readonly hash: Hash;
}): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.account,
      access: 'identified',
      handle: async (call, identity) => {
        const { log } = await storesMeant(accounts, call, identity);
        const record = await log.account();
        if (record === null)
          throw new Refusal(
            'not-found',
            'This server has no account yet. Sign in from a device to create it.',
          );
        return bytesResponse(record, mediaType, { etag: etagOf(hash, record) });
      },
    },
    {
      method: 'PUT',
      path: paths.account,
      access: 'identified',
      handle: async (call, identity) => {
        const { log } = await accounts.of(identity);
        const condition = readCondition(call);
        const record = await readBody(call, { mediaType, bytesMax: limits.accountBytesMax });
        if (bytesToJson(record) === undefined)
          throw new Refusal('malformed-request', 'The body must be an account record, which is JSON.');
        if (!(await log.putAccount(record, condition))) throw refusePut(condition, accounts.areMany);
        return new Response(null, {
          status: condition.kind === 'absent' ? 201 : 204,
          headers: { etag: etagOf(hash, record) },
        });
      },
    },
  ];
}

/** The SHA-256 of the stored bytes, quoted. // SRV-7 */
function etagOf(hash: Hash, record: Uint8Array): string {
  return `"${bytesToHex(hash(record))}"`;
}

/** Nothing is stored unless the caller says what it takes the place of. // SRV-7 */
function readCondition(call: Call): AccountCondition {
  const ifMatch = call.req.header('if-match');
  const ifNoneMatch = call.req.header('if-none-match');
  if (ifNoneMatch === '*' && ifMatch === undefined) return { kind: 'absent' };
  if (ifMatch !== undefined && ifNoneMatch === undefined)
    // An entity tag that we never gave matches nothing.
    return { kind: 'matches', hash: hexToBytes(ifMatch.replaceAll('"', '')) ?? new Uint8Array() };
  throw new Refusal(
    'precondition-required',
    'Say what this record replaces: "If-None-Match: *" to create it, "If-Match" with the ETag to change it.',
  );
}

function refusePut(condition: AccountCondition, areMany: boolean): Refusal {
  // SRV-8
  return condition.kind === 'absent'
    ? new Refusal(
        'account-exists',
        areMany
          ? 'You already have an account on this server, and can only have one. Sign in to it.'
          : 'This server already has an account, and a server can only have one. Sign in to it, or use another server.',
      )
    : new Refusal(
        'account-changed',
        "The account record isn't the one the ETag names. Read it again, and repeat the change on it.",
      );
}
